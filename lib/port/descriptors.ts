/** Used if the limit cannot be read: the minimum of most systems. */
const DESCRIPTORS_DEFAULT = 1_024;

export interface Descriptors {
  open: number;
  max: number;
}

/** Returns the number of this process's open file descriptors, and its limit;
 * undefined on systems other than Linux. */
export function readDescriptors(): Descriptors | undefined {
  try {
    const limits = Deno.readTextFileSync("/proc/self/limits");
    const max = /^Max open files +(\d+)/m.exec(limits)?.[1];
    const open = [...Deno.readDirSync("/proc/self/fd")].length;
    return { open, max: Number(max ?? DESCRIPTORS_DEFAULT) };
  } catch {
    return undefined;
  }
}

/** Returns the limit of descriptors of this process. */
export function descriptorsMax(): number {
  return readDescriptors()?.max ?? DESCRIPTORS_DEFAULT;
}
