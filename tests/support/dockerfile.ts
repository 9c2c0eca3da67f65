/** One instruction of a Dockerfile, such as `RUN`, with its arguments. */
export interface Instruction {
  name: string;
  text: string;
}

/** A stage: its base image and its instructions. */
export interface Stage {
  from: string;
  as: string | undefined;
  steps: Instruction[];
}

/** Parses the instructions of a Dockerfile, one per line, by stage. */
export function readDockerfile(text: string): Stage[] {
  const stages: Stage[] = [];
  for (const line of text.split("\n")) {
    const [, name, rest = ""] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (name === undefined) {
      if (/^\s*(#|$)/.test(line)) continue;
      throw new Error(`Cannot read the line ${JSON.stringify(line)}`);
    }
    if (name === "FROM") {
      const [from = "", , as] = rest.split(/\s+/);
      stages.push({ from, as, steps: [] });
    } else stages.at(-1)?.steps.push({ name, text: rest });
  }
  return stages;
}

/** The result of a stage: its files, and the command of a container. */
export interface Image {
  root: string;
  environment: Record<string, string>;
  user: { uid?: number; gid?: number };
  entrypoint: string[];
  ports: number[];
  volumes: string[];
  stopSignal: string;
}

export interface Bench {
  /** Folder of the files of this stage: `/` of the image. */
  root: string;
  /** Files of the build's context, without what .dockerignore names. */
  context: string;
  /** Files of the earlier stages, by name. */
  stages: ReadonlyMap<string, string>;
  /** Folders of the base image's programs. */
  path: string;
}

/**
 * Executes the instructions of a stage, in a folder instead of an image: paths
 * of the image are paths below `root`. Uses the programs of this host.
 */
export async function runStage(stage: Stage, bench: Bench): Promise<Image> {
  const { root } = bench;
  let folder = "/";
  const image: Image = {
    root,
    environment: {},
    user: {},
    entrypoint: [],
    ports: [],
    volumes: [],
    stopSignal: "",
  };
  for (const { name, text } of stage.steps) {
    switch (name) {
      case "WORKDIR":
        folder = text;
        await Deno.mkdir(root + folder, { recursive: true });
        break;
      case "COPY":
        await copy(text, folder, bench);
        break;
      case "ENV":
        for (const [, key = "", value = ""] of text.matchAll(/(\w+)=(\S+)/g)) {
          image.environment[key] = inside(value, root);
        }
        break;
      case "RUN":
        await shell(text, root + folder, { ...bench, ...image });
        break;
      case "USER": {
        const [uid, gid] = text.split(":").map(Number);
        if (uid !== undefined && gid !== undefined) image.user = { uid, gid };
        break;
      }
      case "EXPOSE":
        image.ports.push(Number(text));
        break;
      case "VOLUME":
        image.volumes.push(text);
        break;
      case "STOPSIGNAL":
        image.stopSignal = text;
        break;
      case "ENTRYPOINT":
        image.entrypoint = JSON.parse(text);
        break;
      default:
        throw new Error(`Cannot do ${name}`);
    }
  }
  return image;
}

async function copy(
  text: string,
  folder: string,
  { root, context, stages }: Bench,
): Promise<void> {
  const [, stage, from = "", to = ""] = /^(?:--from=(\S+) )?(\S+) (\S+)$/
    .exec(text) ?? [];
  const source = stage === undefined ? context : stages.get(stage);
  if (source === undefined) throw new Error(`There is no stage ${stage}`);
  const target = to.startsWith("/") ? root + to : `${root}${folder}/${to}`;
  await Deno.mkdir(target.replace(/\/[^/]*$/, ""), { recursive: true });
  const what = from === "." ? `${source}/.` : `${source}/${from}`;
  await run("cp", ["-a", what, target], { cwd: root });
}

/** Returns the words that are paths of the image and concern its files. */
function inside(text: string, root: string): string {
  return text.replace(/(?<=^|[\s=])\/(?=data|opt|src|usr\/local)/g, `${root}/`);
}

async function shell(
  text: string,
  cwd: string,
  { root, path, environment }: Bench & Pick<Image, "environment">,
): Promise<void> {
  await run("sh", ["-c", inside(text, root)], {
    cwd,
    env: { PATH: `${root}/usr/local/bin:${path}`, ...environment },
  });
}

async function run(
  program: string,
  args: string[],
  options: Deno.CommandOptions,
): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, {
    args,
    ...options,
  }).output();
  const said = new TextDecoder().decode(stderr);
  if (!success) throw new Error(`${program} ${args.join(" ")}: ${said}`);
}
