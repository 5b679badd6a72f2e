import { useEffect } from "preact/hooks";

import { strings } from "../../strings";
import { useCountdown } from "../../use";

interface Props {
    text: string;
    /** When one may try again, ms since 1970; 0: at once. */
    until: number;
    onOver: () => void;
}

/** Why it did not work; with a countdown while one has to wait. Only the sentence is read out. */
export function Locked({ text, until, onOver }: Props) {
    const seconds = useCountdown(until);

    useEffect(() => {
        if (until > 0 && seconds === 0 && until <= Date.now()) onOver();
    }, [until, seconds]);

    return (
        <>
            <div role="alert">{text !== "" && <p class="box box-bad">{text}</p>}</div>
            {seconds > 0 &&
                <p class="countdown" aria-live="off">{strings.door.again(seconds)}</p>}
        </>
    );
}
