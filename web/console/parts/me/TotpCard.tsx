import { useState } from "preact/hooks";

import type { House } from "../../house";
import { beginTotp, endTotp } from "../../rest/account";
import type { Session, Totp } from "../../rest/account";
import { strings } from "../../strings";
import { PasswordDialog } from "./PasswordDialog";
import { RecoveryCodes } from "./RecoveryCodes";
import { TotpSetup } from "./TotpSetup";

/** The second step of signing in: on, off, or being set up. */
export function TotpCard({ house, session }: { house: House; session: Session }) {
    const [asking, setAsking] = useState<"begin" | "end" | null>(null);
    const [totp, setTotp] = useState<Totp | null>(null);
    const [codes, setCodes] = useState<string[] | null>(null);
    const [said, setSaid] = useState("");
    const words = strings.totp;
    return (
        <section class="card" aria-labelledby="totp-heading">
            <div class="card-top">
                <h2 id="totp-heading" tabIndex={-1}>{words.heading}</h2>
                <span class={`badge badge-${session.totp ? "filed" : "waiting"}`}>
                    {session.totp ? words.on : words.off}
                </span>
            </div>
            <p role="status" class="field-note">{said}</p>
            {codes !== null &&
                <RecoveryCodes codes={codes} email={session.email}
                    onClose={() => setCodes(null)} />}
            {codes === null && totp !== null &&
                <TotpSetup totp={totp} onCancel={() => setTotp(null)} onDone={(recovery) => {
                    setTotp(null);
                    setCodes(recovery);
                    house.patch({ totp: true });
                }} />}
            {codes === null && totp === null &&
                <>
                    <p>{session.totp ? words.onMore : words.offMore}</p>
                    <button type="button" class="button"
                        onClick={() => setAsking(session.totp ? "end" : "begin")}>
                        {session.totp ? words.turnOff : words.turnOn}
                    </button>
                </>}
            {asking === "begin" &&
                <PasswordDialog heading={words.turnOn} text={words.beginAsk} action={words.next}
                    act={beginTotp} onClose={() => setAsking(null)} onDone={(begun) => {
                        setAsking(null);
                        setSaid("");
                        setTotp(begun);
                    }} />}
            {asking === "end" &&
                <PasswordDialog heading={words.turnOff} text={words.endAsk} action={words.turnOff}
                    act={endTotp} danger onClose={() => setAsking(null)} onDone={() => {
                        setAsking(null);
                        setSaid(words.ended);
                        house.patch({ totp: false });
                    }} />}
        </section>
    );
}
