/** Assumed where the limit cannot be read: what most systems allow at least. */
const DESCRIPTORS_DEFAULT = 1_024;

export interface Descriptors {
  open: number;
  max: number;
}

/** Returns how many file descriptors this process has open, and how many it may
 * have; undefined outside of Linux. */
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

/** Returns how many descriptors this process may have. */
export function descriptorsMax(): number {
  return readDescriptors()?.max ?? DESCRIPTORS_DEFAULT;
}
