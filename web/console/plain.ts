// What was said, where there is no room to show it as what it means.

/** A line without the signs of bold and code. */
export function plain(line: string): string {
    return line.replace(/(\*\*|`)(\S(?:.*?\S)?)\1/g, "$2");
}
