// Sizes for people.

import { locale } from "../widget/language";

export function sizeText(bytes: number): string {
    if (bytes < 1024) return `${bytes} B`;
    if (bytes < 1024 * 1024) return `${Math.ceil(bytes / 1024)} KB`;
    const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
    return `${(bytes / 1024 / 1024).toLocaleString(locale, digits)} MB`;
}
