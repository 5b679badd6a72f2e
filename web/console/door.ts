// Getting in: a one-time token becomes a cookie.

/** POST the token. "used": the server knows it no more. */
export async function useToken(token: string): Promise<"open" | "used" | "unreachable"> {
    try {
        const answer = await fetch("/v1/console/session", {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ token }),
            credentials: "same-origin",
        });
        if (answer.ok) return "open";
        return answer.status >= 500 || answer.status === 429 ? "unreachable" : "used";
    } catch {
        return "unreachable";
    }
}

/** Whether the server is there at all. */
export async function answers(): Promise<boolean> {
    try {
        return (await fetch("/healthz", { cache: "no-store" })).ok;
    } catch {
        return false;
    }
}
