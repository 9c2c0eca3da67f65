/**
 * The path of a program that a test needs, from Debian's package of this name:
 * installed, if it is not there. Throws one sentence if it cannot be had.
 */
export async function getProgram(
  path: string,
  packageName: string,
): Promise<string> {
  if (await isThere(path)) return path;
  const sudo = Deno.uid() === 0 ? [] : ["sudo", "-n"];
  const apt = [...sudo, "apt-get", "-q", "-y", "--no-install-recommends"];
  await run([...apt, "update"]);
  await run([...apt, "install", packageName]);
  if (await isThere(path)) return path;
  throw new Error(
    `This test needs ${path}: install ${packageName} (on Debian: apt-get` +
      ` install ${packageName})`,
  );
}

function isThere(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}

async function run([command = "", ...args]: string[]): Promise<void> {
  const env = {
    DEBIAN_FRONTEND: "noninteractive",
    RUNLEVEL: "1", // The package shall not start its service.
  };
  await new Deno.Command(command, { args, env, stdout: "null", stderr: "null" })
    .output()
    .catch(() => undefined);
}
