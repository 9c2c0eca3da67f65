/** Returns the peak of a process's memory from now on, minus its current
 * memory, in bytes. Linux only. */
export async function watchPeak(pid: number): Promise<() => Promise<number>> {
  const before = await statusOf(pid, "VmRSS");
  // Resets the kernel's own high-water mark, which misses nothing (proc(5)).
  await Deno.writeTextFile(`/proc/${pid}/clear_refs`, "5");
  return async () => await statusOf(pid, "VmHWM") - before;
}

async function statusOf(pid: number, name: string): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status);
  return Number(found?.[1]) * 1_024;
}
