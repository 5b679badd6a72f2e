const COMMAND = /`([^`]+)`/;

/** A text of ours in which `…` is something to type. */
export function Words({ text }: { text: string }) {
    const parts = text.split(COMMAND);
    return <>{parts.map((part, i) => (i % 2 === 1 ? <code key={i}>{part}</code> : part))}</>;
}
