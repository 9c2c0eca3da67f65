import type { SimulatedDirectory } from "./directory.ts";
import { type OpenMedia, silentMedia } from "./media.ts";

export interface SimulatedPbxOptions extends SimulatedDirectory {
  password: string;
  domain: string;
  pbx: string;
  /** Name of the App object. */
  object: string;
  apis: string[];
  openMedia: OpenMedia;
}

/** Returns the options of one PBX, whose lists a test may change. */
export const defaults = (): SimulatedPbxOptions => ({
  password: "s3cret",
  domain: "example.com",
  pbx: "master",
  object: "widgets",
  apis: ["PbxSignal", "PbxApi", "PbxAdminApi"],
  openMedia: silentMedia,
  users: [],
  queues: [],
  booleans: [],
  groups: [],
});
