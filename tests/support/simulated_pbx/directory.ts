import { type Json, textOf } from "./messages.ts";
import { systemAnswer } from "./node.ts";

export interface SimulatedUser {
  /** The SIP-ID. */
  sip: string;
  num: string;
  name: string;
  email: string;
}

export interface SimulatedDirectory {
  users: SimulatedUser[];
  queues: { sip: string; name: string }[];
  booleans: { name: string; on: boolean }[];
  groups: { name: string; members: { sip: string; active: boolean }[] }[];
}

/** A stable hex GUID of an object's name. */
export function guidOf(name: string): string {
  const bytes = [...new TextEncoder().encode(name)];
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")
    .padEnd(32, "0").slice(0, 32);
}

/** SDK: PbxAdminApi: the result of a request, or nothing. */
export function adminAnswer(
  request: Json,
  directory: SimulatedDirectory,
): Json | undefined {
  switch (request.mt) {
    case "SearchUsers":
      return { user: searchUsers(request, directory.users) };
    case "GetBooleans":
      return {
        booleans: directory.booleans.map(({ name, on }) => ({
          guid: guidOf(name),
          name,
          on,
          reason: "manual",
        })),
      };
    case "GetPseudoObjects":
      return {
        objects: request.pseudo === "waiting"
          ? directory.queues.map(({ name }) => ({
            cn: name,
            guid: guidOf(name),
          }))
          : [],
      };
    case "GetObject": {
      const queue = directory.queues.find(({ name }) =>
        guidOf(name) === request.guid
      );
      return queue
        ? { cn: queue.name, h323: queue.sip, guid: request.guid }
        : {};
    }
    case "GetGroups":
      return { groups: directory.groups.map(({ name }) => name) };
    case "GetGroup": {
      const group = directory.groups.find(({ name }) => name === request.grp);
      return {
        member: (group?.members ?? []).map(({ sip, active }) =>
          memberOf(directory, { sip, active })
        ),
      };
    }
    default:
      return systemAnswer(request);
  }
}

/** A member with everything that GetGroupResult says of it. */
function memberOf(
  { users }: SimulatedDirectory,
  { sip, active }: { sip: string; active: boolean },
): Json {
  const user = users.find((user) => user.sip === sip);
  return {
    guid: guidOf(sip),
    cn: user?.name ?? sip,
    dn: user?.name ?? sip,
    h323: sip,
    e164: user?.num ?? "",
    pseudo: "",
    dyn: "",
    active,
  };
}

/** From the position of `cn` in the sorted list on: no substring search. */
function searchUsers(request: Json, users: SimulatedUser[]): Json[] {
  const from = textOf(request.cn);
  const limit = Math.min(Number(request.limit ?? 20) || 20, 20);
  return users
    .toSorted((a, b) => a.name < b.name ? -1 : 1)
    .filter(({ name }) =>
      request.includeMatch === true ? name >= from : name > from
    )
    .slice(0, limit)
    .map(({ sip, name, email }) => ({
      cn: name,
      dn: name,
      guid: guidOf(sip),
      h323: sip,
      emails: email === "" ? [] : [email],
    }));
}
