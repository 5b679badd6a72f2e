// What an administrator allows of files.

import { bag, whole, words } from "../shape";
import { get, post } from "./call";

export interface FileRules {
    max_mib: number;
    count: number;
    conversation_mib: number;
    disk_mib: number;
    types: string[];
}

export interface FilesSet {
    rules: FileRules;
    /** The PSA may fetch files. */
    isPublic: boolean;
}

function filesSet(value: unknown): FilesSet {
    const b = bag(value);
    return {
        rules: {
            max_mib: whole(b.max_mib), count: whole(b.count),
            conversation_mib: whole(b.conversation_mib), disk_mib: whole(b.disk_mib),
            types: words(b.types),
        },
        isPublic: b.public === true,
    };
}

export const readFiles = () => get("/v1/settings/files", filesSet);
export const setFiles = (rules: FileRules) => post("/v1/settings/files", { ...rules }, filesSet);
