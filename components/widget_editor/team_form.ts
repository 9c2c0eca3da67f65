import { oneLine } from "@/lib/base/plain_text.ts";
import { newUuid } from "@/lib/base/ids.ts";
import type { Agent } from "@/lib/model/agent.ts";
import { MEMBERS_MAX, STEPS_MAX, type Team } from "@/lib/model/team.ts";
import { NEW_AGENT } from "./agent_form.ts";

/** Length of the random part of a team's address. */
const KEY_LENGTH = 12;

/** The defaults of a new team. */
export const NEW_TEAM: Team = {
  members: [],
  strategy: "all",
  ringSeconds: 20,
  chatsMax: 0,
  steps: [],
};

/** Returns a new agent who is a team. Its address is only a key. */
export function newTeamAgent(): Agent {
  const address = `team-${newUuid().slice(0, KEY_LENGTH)}`;
  return { ...NEW_AGENT, address, team: NEW_TEAM };
}

/** Adds a member, unless the team has the address already or is full. */
export function withMember(team: Team, address: string): Team {
  const member = oneLine(address);
  const isThere = team.members.some((one) =>
    one.toLowerCase() === member.toLowerCase()
  );
  if (member === "" || isThere || team.members.length >= MEMBERS_MAX) {
    return team;
  }
  return { ...team, members: [...team.members, member] };
}

/** Adds an empty step, unless there are too many. */
export function withStep(team: Team): Team {
  if (team.steps.length >= STEPS_MAX) return team;
  const step = { to: "", seconds: team.ringSeconds };
  return { ...team, steps: [...team.steps, step] };
}

/** Moves a step one place up. */
export function withStepUp({ steps, ...team }: Team, place: number): Team {
  const [step, before] = [steps[place], steps[place - 1]];
  if (step === undefined || before === undefined) return { ...team, steps };
  return { ...team, steps: steps.with(place - 1, step).with(place, before) };
}
