import { sha256Hex } from "@/lib/store/sha256.ts";

const HEADER = new URL("self_extracting.sh", import.meta.url);
/** Characters of a SHA-256 that tell two builds apart. */
const HASH_LENGTH = 16;

/**
 * Writes a program of one file: a header in POSIX sh, and behind it the Deno
 * that runs this, with everything in `stage`. The header unpacks it into a
 * folder named by its hash, once, and runs `app/main.js` with `rights`. It needs
 * sh, tar, gzip and the small commands that every Linux and macOS has.
 */
export async function selfExtracting(
  stage: string,
  file: string,
  rights: string[],
): Promise<void> {
  await Deno.copyFile(await Deno.realPath(Deno.execPath()), `${stage}/deno`);
  await Deno.chmod(`${stage}/deno`, 0o755);
  await writeSelfExtracting(await archiveOf(stage), file, rights);
}

/** Writes the header and behind it `archive`: a tar.gz of `deno` and `app`. */
export async function writeSelfExtracting(
  archive: Uint8Array<ArrayBuffer>,
  file: string,
  rights: string[],
): Promise<void> {
  const header = await headerFor(sha256Hex(archive), rights);
  const part = `${file}.part`;
  using out = await Deno.open(part, {
    write: true,
    create: true,
    truncate: true,
    mode: 0o755,
  });
  for (const piece of [new TextEncoder().encode(header), archive]) {
    await writeAll(out, piece);
  }
  await Deno.rename(part, file);
}

/** Returns the packed content of `stage`. */
export async function archiveOf(
  stage: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const tar = new Deno.Command("tar", {
    args: ["-C", stage, "-cf", "-", "app", "deno"],
    stdout: "piped",
  }).spawn();
  const zipped = tar.stdout.pipeThrough(new CompressionStream("gzip"));
  const bytes = await new Response(zipped).arrayBuffer();
  const { success } = await tar.status;
  if (!success) throw new Error(`Cannot pack ${stage}: tar failed`);
  return new Uint8Array(bytes);
}

/** `tail -c +N` counts from 1, and the digits of N count as part of the script. */
async function headerFor(hash: string, rights: string[]): Promise<string> {
  const { os, arch } = Deno.build;
  const text = (await Deno.readTextFile(HEADER))
    .replaceAll("@OS@", os === "darwin" ? "Darwin" : "Linux")
    .replaceAll("@ARCH@", machineOf(os, arch))
    .replaceAll("@HASH@", hash.slice(0, HASH_LENGTH))
    .replaceAll("@HASH_LENGTH@", String(HASH_LENGTH))
    .replaceAll("@RIGHTS@", rights.join(" "));
  const digits = 5;
  const length = text.replace("@OFFSET@", "0".repeat(digits)).length;
  return text.replace("@OFFSET@", `${length + 1}`.padStart(digits, "0"));
}

/** The output of `uname -m`. */
function machineOf(os: string, arch: string): string {
  return arch === "aarch64" && os === "darwin" ? "arm64" : arch;
}

async function writeAll(out: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    written += await out.write(bytes.subarray(written));
  }
}
