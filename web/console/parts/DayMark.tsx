import { dayName } from "../time";

export function DayMark({ at, now }: { at: number; now: number }) {
    return <h3 class="day"><span>{dayName(at, now)}</span></h3>;
}
