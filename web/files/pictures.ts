// The bytes of files that the server has, for showing and for saving: fetched with what lets this
// browser in, held as object URLs while they are looked at.

const HELD_MAX = 60;

export class Pictures {
    private readonly held = new Map<string, Promise<string | null>>();

    constructor(
        private readonly base: string,
        private readonly headers: () => Record<string, string>,
    ) {}

    /** An object URL, or null when it cannot be had. */
    get(id: string): Promise<string | null> {
        const known = this.held.get(id);
        if (known !== undefined) return known;
        const made = this.fetch(id);
        this.held.set(id, made);
        for (const [oldest, url] of this.held) {
            if (this.held.size <= HELD_MAX) break;
            this.held.delete(oldest);
            void url.then((one) => one !== null && URL.revokeObjectURL(one));
        }
        void made.then((one) => one === null && this.held.delete(id));
        return made;
    }

    /** Save it as a file; false when it cannot be had. */
    async save(id: string, name: string): Promise<boolean> {
        const url = await this.fetch(id);
        if (url === null) return false;
        const link = document.createElement("a");
        link.href = url;
        link.download = name;
        link.click();
        window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
        return true;
    }

    private async fetch(id: string): Promise<string | null> {
        try {
            const answer = await fetch(`${this.base}/v1/files/${id}`, {
                headers: this.headers(),
                credentials: "omit",
            });
            return answer.ok ? URL.createObjectURL(await answer.blob()) : null;
        } catch {
            return null;
        }
    }
}
