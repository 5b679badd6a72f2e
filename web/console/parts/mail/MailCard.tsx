import { useState } from "preact/hooks";

import { readMail, setWriter, testMail, writerOf } from "../../rest/mail";
import type { Mail, Writer } from "../../rest/mail";
import { strings } from "../../strings";
import { moment } from "../../time";
import { useAct, useLoad } from "../../use";
import { Choice } from "../form/Choice";
import { Trouble } from "../form/Trouble";
import { RefusedLetters } from "./RefusedLetters";

const AGAIN_MS = 5_000;
const TESTING_MS = 1_000;
const LOOKS: Record<Mail["state"], string> = { off: "waiting", ok: "filed", held: "parked" };
const SIGNS: Record<Mail["state"], string> = { off: "○", ok: "✓", held: "‖" };

/** How letters to people do, and who writes to them about answers. */
export function MailCard() {
    const [isTesting, setTesting] = useState(false);
    const { value, problem, loading, reload, put } =
        useLoad(readMail, "", isTesting ? TESTING_MS : AGAIN_MS);
    const [said, setSaid] = useState("");
    const act = useAct();
    const words = strings.mail;

    const ended = value?.state !== "ok" || value.test?.state !== "waiting" &&
        value.test?.state !== "sending";
    if (isTesting && ended) setTesting(false);
    const choose = async (answers: Writer) => {
        const done = await act.run(() => setWriter(answers));
        if (done === null) return;
        put(done.value);
        setSaid(words.changed);
    };
    const test = async () => {
        setSaid("");
        const done = await act.run(testMail);
        if (done === null) return;
        put(done.value);
        setTesting(true);
    };
    return (
        <section class="card" aria-labelledby="mail-heading">
            <div class="card-top">
                <h2 id="mail-heading">{words.heading}</h2>
                {value !== null &&
                    <span class={`badge badge-${LOOKS[value.state]}`}>
                        <span aria-hidden="true">{SIGNS[value.state]}</span>{" "}
                        {words.states[value.state]}
                    </span>}
            </div>
            <p class="hint">{words.intro}</p>
            <Trouble problem={problem ?? act.problem} onRetry={() => void reload()} />
            {loading && <p role="status">{strings.form.loading}</p>}
            {value !== null && <>
                <MailState mail={value} />
                <div class="form">
                    <Choice name="answers" label={words.answers} value={value.answers}
                        values={words.writers} disabled={act.busy}
                        onChange={(one) => void choose(writerOf(one))} />
                    <p class="hint">{writerWords(value)}</p>
                </div>
                <p role="status" class="field-note">{said}</p>
                {value.state !== "off" &&
                    <button type="button" class="button" aria-disabled={act.busy}
                        onClick={() => void test()}>{words.test}</button>}
                <p role="status" class="field-note">{testWords(value)}</p>
                <RefusedLetters mail={value} onChanged={put} />
            </>}
        </section>
    );
}

function MailState({ mail }: { mail: Mail }) {
    const words = strings.mail;
    if (mail.state === "off") {
        return (
            <div class="box">
                <p>{words.off}</p>
                <p>{words.offMore}</p>
            </div>
        );
    }
    return (
        <>
            <p>{words.ok(mail.url, mail.from)}</p>
            {mail.state === "held" &&
                <div class="box box-bad">
                    <p>{words.held}</p>
                    <p>{strings.heard(mail.reason)}</p>
                </div>}
            <p class="hint">
                {mail.sent === 0 ? words.never : words.sent(moment(mail.sent))}
                {mail.waiting > 0 && ` ${words.waiting(mail.waiting)}`}
            </p>
        </>
    );
}

function writerWords(mail: Mail): string {
    const words = strings.mail;
    if (mail.answers === "psa") return words.writerMore.psa;
    return mail.state === "off" ? words.nobody : words.writerMore[mail.answers];
}

function testWords({ test, state, reason }: Mail): string {
    const words = strings.mail;
    if (test === null || state === "off") return "";
    if (test.state === "sent") return words.tested(test.to);
    const why = test.reason || (state === "held" ? reason : "");
    return why === "" ? words.testing(test.to) : words.testFailed(test.to, strings.heard(why));
}
