import { counted } from "./counted";

export const plural = counted("en");
