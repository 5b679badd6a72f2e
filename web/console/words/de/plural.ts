import { counted } from "../counted";

export const plural = counted("de");

/** A duration (strings.time) after "vor" or "seit". */
export const dative = (time: string): string => time.replace(/Tage$/, "Tagen");
