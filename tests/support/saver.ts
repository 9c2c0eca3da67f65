import { anAgent, contentWith } from "./any_widget.ts";
import { openStore } from "@/lib/store/open.ts";

// A program that saves one widget again and again, each time with the next
// number, and prints each number after it was acknowledged. Sizes vary, so that
// an interrupted save would leave parts of two states.

const [path = "", uuid = ""] = Deno.args;
const opened = await openStore(path);
if (!opened.ok) throw new Error(opened.error.reason);
const { widgets } = opened.value;
const found = await widgets.get(uuid) ?? (await made());
let { revision } = found;
for (let n = Number(found.value.content.name) + 1;; n++) {
  const agents = Array.from(
    { length: n % 2 === 0 ? 100 : 1 },
    (_, a) => anAgent(`${a}`, { email: `${"x".repeat(200)}@${n}` }),
  );
  const content = contentWith(agents, { name: `${n}` });
  const saved = await widgets.save(uuid, revision, content);
  if (!saved.ok) throw new Error(saved.error.reason);
  revision = saved.value.revision;
  console.log(n);
}

async function made() {
  const first = contentWith([], { name: "0" });
  const result = await widgets.create("cardset", first, uuid);
  if (!result.ok) throw new Error(result.error.reason);
  return result.value;
}
