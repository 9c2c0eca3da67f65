/** The dialog of a team: an agent of a widget with members. */
export const teams = {
  add: "Add team",
  addTitle: "Add team",
  members: "Members",
  noMembers: "This team has no members yet.",
  member: "Member",
  memberHint:
    "The sign-in name of a person at the desk, or an address at the PBX. Type a name to search.",
  memberThere: "This member is already in the team.",
  addMember: "Add member",
  removeMember: "Remove {name} from the team",
  membersFull: "This team has reached its limit of {max} members.",
  strategy: "Who is rung",
  strategies: {
    all: "All members at the same time",
    turn: "One after the other, in turn",
    idle: "One after the other, longest idle first",
  },
  ringAll: "Ring for",
  ringEach: "Ring each member for",
  seconds: "seconds",
  chatsMax: "Chats per member",
  chatsMaxHint:
    "A member at the desk with this many chats gets no further one from the team. 0 for no limit.",
  queue: "Queue while all members are busy",
  queueHint:
    "Visitors see their position and how long it usually takes at this hour. They can leave at any time.",
  queueMinutes: "Wait for at most",
  steps: "If no member answers",
  stepsHint:
    "These are rung next, in this order. After the last one, visitors can leave a message.",
  addStep: "Add step",
  step: "Step {place}",
  stepTo: "Then ring",
  stepAddress: "An address",
  stepAddressLabel: "Address of an agent or a queue",
  stepSeconds: "Ring for",
  stepUp: "Move {name} up",
  removeStep: "Remove {name}",
  stepsFull: "This team has reached its limit of {max} steps.",
  count: { one: "{count} member", other: "{count} members" },
};
