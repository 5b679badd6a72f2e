// One connection to the server, whatever carries it.

export interface LineEvents {
    /** One frame, as text. */
    frame(text: string): void;
    /** The line is gone, or never came to be. Called at most once, and never after close(). */
    closed(): void;
}

export interface Line {
    /** False when the line cannot take it; it did not go out then. */
    send(frame: string): boolean;
    close(): void;
}

/** Begin to connect; hello is the first frame. Returns before the line is open. */
export type OpenLine = (base: URL, hello: string, events: LineEvents) => Line;
