import { deepEqual } from "node:assert/strict";
import { removeDeadLocks } from "./faketime_locks.ts";

Deno.test("removeDeadLocks() removes what killed processes have left, and nothing else", async () => {
  const folder = await Deno.makeTempDir({ prefix: "locks-" });
  const ended = new Deno.Command("true").spawn();
  await ended.status;
  const kept = [`faketime_shm_${Deno.pid}`, `sem.faketime_sem_${Deno.pid}`];
  const left = [`faketime_shm_${ended.pid}`, `sem.faketime_sem_${ended.pid}`];
  for (const name of [...kept, ...left, `other_${ended.pid}`]) {
    await Deno.writeTextFile(`${folder}/${name}`, "");
  }

  await removeDeadLocks(folder);

  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name);
  await Deno.remove(folder, { recursive: true });
  deepEqual(names.sort(), [...kept, `other_${ended.pid}`].sort());
});
