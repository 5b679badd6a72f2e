/** "1 entry", "1,204 entries": as a language writes numbers and chooses between the two. */
export function counted(language: string): (n: number, one: string, many: string) => string {
    const numbers = new Intl.NumberFormat(language);
    const rules = new Intl.PluralRules(language);
    return (n, one, many) => `${numbers.format(n)} ${rules.select(n) === "one" ? one : many}`;
}
