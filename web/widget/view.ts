// What the panel can show, and what it is told.

/** shut: the server does not want this person. */
export type Connection = "connecting" | "up" | "down" | "shut";

/** What the panel shows. Somebody who has proved who they are goes from list to ticket and back;
 *  others begin with the form, and have one ticket. */
export type View = "form" | "list" | "ticket";

/** "This is solved", "I still need help"; how it was, and "send me what was said". */
export type Act = "solved" | "help" | "rate" | "transcript";

export interface Urgent {
    subject: string;
    urgency: string;
}

/** What the form begins with when the server sent the person back to it. */
export interface FormStart {
    name: string;
    email: string;
    body: string;
    error: { field: "name" | "email" | "body" | null; text: string } | null;
}
