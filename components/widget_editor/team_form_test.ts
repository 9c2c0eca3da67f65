import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { MEMBERS_MAX, STEPS_MAX, type Team } from "@/lib/model/team.ts";
import { anAgent } from "@/tests/support/any_widget.ts";
import { agentProblems } from "./agent_form.ts";
import {
  NEW_TEAM,
  newTeamAgent,
  withMember,
  withStep,
  withStepUp,
} from "./team_form.ts";

const step = (to: string) => ({ to, seconds: 20 });

Deno.test("newTeamAgent() returns a team with its own key, which needs a name and a member", () => {
  const [one, two] = [newTeamAgent(), newTeamAgent()];

  match(one.address, /^team-[0-9a-f]{12}$/);
  notEqual(one.address, two.address);
  deepEqual(agentProblems(one, []), {
    "team.members": "must have a member",
    name: "must not be empty",
  });
  const team = { ...NEW_TEAM, members: ["ada"] };
  deepEqual(agentProblems({ ...one, team }, []), {
    name: "must not be empty",
  });
  deepEqual(agentProblems({ ...one, team, name: "Sales" }, []), {});
});

Deno.test("withMember() adds a member once, up to the limit", () => {
  const one = withMember(NEW_TEAM, " Ada ");

  deepEqual(one.members, ["Ada"]);
  equal(withMember(one, "ada"), one);
  equal(withMember(one, " "), one);
  const members = Array.from({ length: MEMBERS_MAX }, (_, n) => `a${n}`);
  const full: Team = { ...NEW_TEAM, members };
  equal(withMember(full, "ada"), full);
});

Deno.test("withStep() adds an empty step, up to the limit, and withStepUp() moves one up", () => {
  let team: Team = { ...NEW_TEAM, ringSeconds: 15 };
  for (let n = 0; n <= STEPS_MAX; n++) team = withStep(team);

  equal(team.steps.length, STEPS_MAX);
  deepEqual(team.steps[0], { to: "", seconds: 15 });
  const steps = ["a", "b", "c"].map(step);
  deepEqual(withStepUp({ ...team, steps }, 2).steps, ["a", "c", "b"].map(step));
  deepEqual(withStepUp({ ...team, steps }, 0).steps, steps);
});

Deno.test("agentProblems() names the wrong field of a team", () => {
  const wrong: Team = {
    members: ["ada", "ADA", "a b"],
    strategy: "turn",
    ringSeconds: 4,
    chatsMax: 51,
    steps: [{ to: "", seconds: NaN }],
  };

  const problems = agentProblems(anAgent("team-1", { team: wrong }), []);

  deepEqual(Object.keys(problems).sort(), [
    "team.chatsMax",
    "team.members",
    "team.members.2",
    "team.ringSeconds",
    "team.steps.0.seconds",
    "team.steps.0.to",
  ]);
});
