import { runProgram } from "@/lib/program/program.ts";
import { openService } from "@/main.ts";
import { postToLoopback } from "./fake_push_service.ts";

/** The whole program, whose pushes go to a push service of the test. */
const port = Number(Deno.env.get("PUSH_PORT"));
const ca = Deno.env.get("PUSH_CA") ?? "";
const post = postToLoopback({ port, ca });
await runProgram(
  Deno.args,
  (resources) => openService({ ...resources, post }),
);
