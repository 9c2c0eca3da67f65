/** A lock or a clock of faketime in shared memory, with its process. */
const LEFT = /^(?:sem\.)?faketime_(?:sem|shm)_(\d+)$/;

/**
 * Removes what processes with faketime have left because they were killed. A new
 * process that gets the id of one of them would not start.
 */
export async function removeDeadLocks(folder = "/dev/shm"): Promise<void> {
  for await (const { name } of Deno.readDir(folder)) {
    const [, pid] = LEFT.exec(name) ?? [];
    if (pid === undefined || await exists(`/proc/${pid}`)) continue;
    await Deno.remove(`${folder}/${name}`).catch(() => {}); // It has just ended.
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch {
    return false;
  }
}
