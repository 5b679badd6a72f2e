// From what a person has said to the frame that carries it.

import type { Uploads } from "../files/uploads";
import type { Pending } from "./keep";
import type { ClientFrame } from "./protocol";
import { strings } from "./strings";

/** The server's ids of a message's files, noted in it; null while they are not all there, or never
 *  will be: then it is refused, with words. */
export function filesOf(
    message: Pending, uploads: Uploads, noted: () => void, refuse: (text: string) => void,
): string[] | null {
    let whole = true;
    for (const one of message.files ?? []) {
        if (one.id !== null) continue;
        const upload = uploads.find(one.clientId);
        if (upload?.id) {
            one.id = upload.id;
            noted();
        } else if (upload === undefined) {
            refuse(strings.chooseAgain(one.name));
            return null;
        } else if (upload.trouble !== null) {
            refuse(`${one.name}: ${strings.fileTroubles[upload.trouble]}.`);
            return null;
        } else {
            whole = false;
        }
    }
    return whole ? (message.files ?? []).map((one) => one.id ?? "") : null;
}

/** Null while its conversation is not known. */
export function frameOf(
    message: Pending, ids: readonly string[], shown: string | null,
): ClientFrame | null {
    const { id: client_id, body } = message;
    const files = ids.length > 0 ? { files: [...ids] } : {};
    if (message.kind === "start") {
        const { name, email, subject, urgency } = message;
        const who = email === "" ? {} : { name, email };
        const more = subject === undefined ? {} : { subject, urgency: urgency ?? "" };
        return { t: "start", client_id, ...who, body, ...more, ...files };
    }
    const conversation = message.to === "" ? shown : message.to;
    if (conversation === null) return null;
    return { t: "message", client_id, conversation, body, ...files };
}

export function cut(text: string, max: number): string {
    return text.length > max ? `${text.slice(0, max)}…` : text;
}
