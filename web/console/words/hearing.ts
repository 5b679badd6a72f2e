// What the server says in its own words, which are English, in another language.

/** The server's sentences, without the dot at their end, and what they are in that language. {1},
 *  {2} stand for what is filled in. Those that are about to change in the server's code are found
 *  by tests/gates/words.py. */
export type Heard = Readonly<Record<string, string>>;

const plain = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** The pattern of a sentence, and which of its gaps is which. */
function patternOf(sentence: string): { pattern: RegExp; gaps: string[] } {
    const parts = sentence.split(/\{(\d)\}/);
    const source = parts.map((part, i) => (i % 2 === 0 ? plain(part) : "(.*)")).join("");
    return { pattern: new RegExp(`^${source}$`, "s"), gaps: parts.filter((_, i) => i % 2 === 1) };
}

/** Says a sentence of the server by these words; one that is not there stays as it is. */
export function hearing(words: Heard): (said: string) => string {
    let patterns: { pattern: RegExp; gaps: string[]; says: string }[] | undefined;
    return (said) => {
        const bare = said.replace(/\.$/, "");
        const exact = Object.hasOwn(words, bare) ? words[bare] : undefined;
        if (exact !== undefined) return exact;
        patterns ??= Object.entries(words).filter(([key]) => key.includes("{"))
            .map(([key, says]) => ({ ...patternOf(key), says }));
        for (const { pattern, gaps, says } of patterns) {
            const match = pattern.exec(bare);
            if (match !== null)
                return says.replace(/\{(\d)\}/g, (_, gap: string) =>
                    match[1 + gaps.indexOf(gap)] ?? "");
        }
        return said;
    };
}
