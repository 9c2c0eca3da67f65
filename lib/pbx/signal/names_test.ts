import { equal } from "node:assert/strict";
import * as v from "valibot";
import { LIMITS } from "../limits.ts";
import { Facility } from "./signal.ts";

Deno.test("a name from the PBX is cut between characters that a person sees", () => {
  const almost = "x".repeat(LIMITS.nameLength - 1);
  const name = `  ${almost}👩‍💻 of Berlin`;

  const read = v.parse(Facility, { type: "name_identification", name });

  equal(read.type === "name_identification" && read.name, almost);
});
