import type { House } from "../../house";
import type { Session } from "../../rest/account";
import { strings } from "../../strings";
import { BrandForm } from "../staff/BrandForm";
import { StepEnd } from "./StepEnd";

interface Props {
    house: House;
    session: Session;
    onNext: () => void;
}

/** The MSP's name and colour. */
export function BrandStep({ house, session, onNext }: Props) {
    return (
        <>
            <BrandForm house={house} brand={session.brand} action={strings.setup.next}
                onSaved={onNext} />
            <StepEnd onSkip={onNext} />
        </>
    );
}
