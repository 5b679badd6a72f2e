import type { Member, Summary } from "../../protocol";
import { strings } from "../../strings";
import { duration } from "../../time";
import { Page } from "../shell/Page";

interface Props {
    team: readonly Member[];
    inbox: readonly Summary[];
    now: number;
    take: boolean;
}

const RANK = { present: 0, isAway: 1, absent: 2 } as const;

export function presenceOf(member: Member | undefined): keyof typeof RANK {
    if (member?.present !== true) return "absent";
    return member.away ? "isAway" : "present";
}

/** Who is here, and how much each has. */
export function TeamPage({ team, inbox, now, take }: Props) {
    const words = strings.routing;
    const sorted = [...team].sort((a, b) =>
        RANK[presenceOf(a)] - RANK[presenceOf(b)] || a.name.localeCompare(b.name));
    return (
        <Page still heading={strings.menu.team} take={take} intro={words.teamPageIntro}>
            <table class="table table-cards">
                <caption class="unseen">{strings.menu.team}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words.name}</th>
                        <th scope="col">{words.state}</th>
                        <th scope="col">{words.has}</th>
                        <th scope="col">{words.waits}</th>
                        <th scope="col">{words.longest}</th>
                    </tr>
                </thead>
                <tbody>
                    {sorted.map((one) => (
                        <TeamLine key={one.id} name={one.name} state={words[presenceOf(one)]}
                            now={now} has={inbox.filter((s) => s.open && s.staff?.id === one.id)} />
                    ))}
                    <TeamLine name={words.nobody} state="" now={now}
                        has={inbox.filter((s) => s.open && s.staff === null)} />
                </tbody>
            </table>
        </Page>
    );
}

interface LineProps {
    name: string;
    state: string;
    has: readonly Summary[];
    now: number;
}

function TeamLine({ name, state, has, now }: LineProps) {
    const words = strings.routing;
    const awake = has.filter((s) => s.snoozedUntil === null);
    const since = awake.flatMap((s) => s.waitingSince ?? []);
    return (
        <tr>
            <th scope="row">{name}</th>
            <td data-label={words.state}>{state}</td>
            <td data-label={words.has}>{awake.length}</td>
            <td data-label={words.waits}>{since.length}</td>
            <td data-label={words.longest}>
                {since.length > 0 && duration(Math.min(...since), now)}
            </td>
        </tr>
    );
}
