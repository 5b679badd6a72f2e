// The files of what is being written, per conversation and box: they outlive the box that shows
// them, not the page.

import { Uploads } from "../files/uploads";
import type { FileLimits, Upload } from "../files/uploads";
import { FILE_LIMITS } from "../files/uploads";
import { newClientId } from "./keep";
import type { Box } from "./keep";

let limits: FileLimits = FILE_LIMITS;
const drafts = new Map<string, FileDraft>();

export function setFileLimits(now: FileLimits): void {
    limits = now;
    for (const draft of drafts.values()) draft.uploads.limits = now;
}

export const fileLimits = (): FileLimits => limits;

export class FileDraft {
    readonly uploads: Uploads;
    list: Upload[] = [];
    /** More than may go at once were given. */
    tooMany = false;
    private leave: (() => void) | null = null;
    private stay: () => void = () => undefined;
    private readonly listeners = new Set<() => void>();

    constructor(conversation: string) {
        this.uploads = new Uploads({
            base: "",
            headers: () => ({}),
            credentials: "same-origin",
            newId: newClientId,
            conversation: () => conversation,
            changed: () => this.arrived(),
        });
        this.uploads.limits = limits;
    }

    subscribe(listener: () => void): () => void {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    }

    add(files: Iterable<File>): void {
        this.tooMany = false;
        for (const file of files) {
            if (this.list.length >= limits.count) {
                this.tooMany = true;
                break;
            }
            this.list = [...this.list, this.uploads.add(file)];
        }
        this.tell();
    }

    remove(clientId: string): void {
        this.list = this.list.filter((one) => one.clientId !== clientId);
        this.tooMany = false;
        this.uploads.remove(clientId);
        this.tell();
    }

    /** All are there. */
    get ready(): boolean {
        return this.list.every((one) => one.id !== null);
    }

    /** What was written goes by itself once all are there. */
    get leaving(): boolean {
        return this.leave !== null;
    }

    /** Call `leave` once all files are there, wherever the reader has gone meanwhile; null: not
     * after all. A file that cannot be sent keeps it here: then `stay` is called. */
    leaveWhenReady(leave: (() => void) | null, stay = this.stay): void {
        this.leave = leave;
        this.stay = stay;
        this.arrived();
    }

    take(): { id: string; name: string; type: string; size: number }[] {
        const taken = this.list.map(({ id, name, type, size }) => (
            { id: id ?? "", name, type, size }
        ));
        for (const one of this.list) this.uploads.forget(one.clientId);
        this.list = [];
        this.tell();
        return taken;
    }

    private arrived(): void {
        const leave = this.leave;
        if (this.list.some((one) => one.trouble !== null)) {
            this.leave = null;
            if (leave !== null) this.stay();
        } else if (leave !== null && this.ready) {
            this.leave = null;
            leave();
        }
        this.tell();
    }

    private tell(): void {
        for (const listener of this.listeners) listener();
    }
}

/** Something waits for its files, and would not go without this page. */
export const filesLeaving = (): boolean => [...drafts.values()].some((one) => one.leaving);

/** Nothing that was chosen here stays in the tab. */
export function forgetFiles(): void {
    for (const draft of drafts.values()) {
        draft.leaveWhenReady(null);
        for (const one of draft.list) draft.remove(one.clientId);
    }
    drafts.clear();
}

export function fileDraft(conversation: string, box: Box): FileDraft {
    const key = `${box} ${conversation}`;
    let draft = drafts.get(key);
    if (draft === undefined) {
        draft = new FileDraft(conversation);
        drafts.set(key, draft);
    }
    return draft;
}
