import { Housekeeping } from "@/lib/admin/housekeeping.ts";
import { systemClock } from "@/lib/base/clock.ts";
import { Hub } from "@/lib/base/hub.ts";
import { Bridge } from "@/lib/contact/bridge.ts";
import { Directory } from "@/lib/contact/directory.ts";
import { Ice } from "@/lib/contact/ice.ts";
import { DeskBank } from "@/lib/desk/bank.ts";
import { WIDGET_LANGUAGES } from "@/lib/i18n/widget/languages.ts";
import { Metrics } from "@/lib/metrics/metrics.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { OldWidgetFiles } from "@/lib/port/old_widget_files.ts";
import { type RunningServer, serve } from "@/lib/port/server.ts";
import { Postman } from "@/lib/mail/postman.ts";
import { smtpSender } from "@/lib/mail/smtp.ts";
import type { MailServer } from "@/lib/admin/mails.ts";
import type { InquiryInbox } from "@/lib/visitor/visitor_context.ts";
import { WidgetFiles } from "@/lib/port/widget_files.ts";
import { deskStore } from "@/lib/program/desk_store.ts";
import { chatStoreOf } from "@/lib/program/kept_chats.ts";
import { openCallbacks } from "@/lib/program/open_callbacks.ts";
import { openPbx, openSigning } from "@/lib/program/open_pbx.ts";
import { openTeams, routeTo } from "@/lib/program/open_teams.ts";
import { openPush } from "@/lib/program/open_push.ts";
import type {
  ClusterResources,
  ProgramCluster,
} from "@/lib/program/open_cluster.ts";
import { Operator } from "@/lib/program/operator.ts";
import { runProgram } from "@/lib/program/program.ts";
import { surviveRejections } from "@/lib/program/rejections.ts";
import { prepare, type Resources, type Runtime } from "@/lib/program/run.ts";
import { counted } from "@/lib/statistics/counted_records.ts";
import { RING_MS } from "@/lib/callbacks/callback_step.ts";
import type { PostPush } from "@/lib/push/post_push.ts";
import { Statistics } from "@/lib/statistics/statistics.ts";
import { VisitorBank } from "@/lib/visitor/bank.ts";
import { createApp } from "@/lib/web/app.ts";
import { signedIn } from "@/lib/web/auth.ts";
import { loadBuild } from "@/lib/web/fresh_build.ts";
import { createServices, type Services } from "@/lib/web/services.ts";

const BUILD = new URL("./_fresh/", import.meta.url);

// The composition root: the only place that knows every room. Resources are
// closed in the reverse order of opening.
if (import.meta.main) await runProgram(Deno.args, openService);

/** Opens everything. `post` sends the pushes; by default to public addresses. */
export async function openService(
  resources: Resources & { post?: PostPush },
): Promise<Runtime> {
  const clock = systemClock;
  const hub = new Hub<Topics>();
  const parts = { ...resources, clock, hub, counters: new Metrics(clock) };
  const shared = { ...parts, cluster: await clusterOf(parts) };
  const banks = await openBanks(shared);
  const bridge = await openBridge({ ...shared, ...banks });
  const services = openAdmin({ ...shared, ...banks, ...bridge });
  const all = { ...shared, ...banks, ...bridge, services };
  const operator = new Operator(all);
  const server = await openPort({ ...all, operator });
  const { cluster, closing } = shared;
  if (cluster) closing.use(cluster.resignIfCutOff(server));
  const { homes, visitors } = bridge;
  const drain = async (ms: number) => {
    operator.stop();
    const closePort = () => server.stopListening();
    if (homes !== undefined) return await homes.drain(ms, closePort);
    closePort();
    await visitors.drain(ms);
  };
  return { services, server, drain };
}

/** The resources that all parts share. */
interface Shared extends ClusterResources {
  post?: PostPush;
  /** Absent for a single process. */
  cluster: ProgramCluster | undefined;
}

type Banks = Awaited<ReturnType<typeof openBanks>>;
type BridgeParts = Awaited<ReturnType<typeof openBridge>>;

/** Makes this process one of several instances, if CW_NATS is set. Otherwise it
 * loads nothing. */
async function clusterOf(
  resources: ClusterResources,
): Promise<ProgramCluster | undefined> {
  if (resources.config.nats === "") return undefined;
  const { openCluster } = await import("@/lib/program/open_cluster.ts");
  return await openCluster(resources);
}

/** Opens the agents' side: PBXs and desks, and the agents of other instances. */
async function openBanks(
  { config, store, clock, hub, counters, closing, cluster, post }: Shared,
) {
  const onLinks = cluster && {
    linksChanged: () => cluster.cluster.members.changed(),
    linked: (key: string) => cluster.linked(key),
  };
  const pbx = closing.use(
    await openPbx({ config, store, clock, hub, ...onLinks }),
  );
  const ice = new Ice(config, { clock, pbx: () => pbx.ice() });
  const notifying = await openPush({
    ...{ config, store, clock, hub, counters },
    callbackRingMs: RING_MS,
    ...post && { post },
  });
  if (notifying) {
    closing.use(notifying.reach);
    closing.use(notifying.rings);
  }
  const desk = closing.use(
    await DeskBank.open({
      ...deskStore(store, clock),
      hub,
      clock,
      ice: ({ id }) => ice.config(id),
      ...notifying && { push: notifying.rings },
    }),
  );
  const own = { desk, pbx: pbx.bank };
  cluster?.joinPbxs(pbx);
  const agents = cluster === undefined ? own : closing.use(cluster.join(own));
  const allAgents = { desk: agents.desk, pbx: agents.pbx };
  return { pbx, desk, ice, allAgents, notifying };
}

/** Opens the bridge between agents and visitors, and the visitors' side. */
async function openBridge(shared: Shared & Banks) {
  const { config, store, clock, hub, counters, closing, ice } = shared;
  const { allAgents, cluster } = shared;
  const { fanOut } = counters;
  const directory = closing.use(
    new Directory({ ...allAgents, hub, clock, fanOut }),
  );
  closing.use(surviveRejections(counters));
  closing.use(counters.watchLoop());
  const statistics = closing.use(
    new Statistics({ store: store.statistics, clock, counters }),
  );
  closing.defer(() => statistics.write());
  const teams = openTeams({ ...shared, directory, statistics });
  const agents = counters.metered(teams);
  const records = counted(store.contactRecords, statistics);
  const claims = cluster && {
    isDead: (home: string) => cluster.isDead(home),
    canBeClaimed: () => cluster.canBeClaimed(),
  };
  const bridge = new Bridge({
    ...{ agents, records, clock, counters },
    routeTo: (...team) => routeTo(store, ...team),
    handedOver: (contact, { address }) => store.blocks.share(contact, address),
    ...claims,
    ...await chatStoreOf({ config, store, ...claims }),
  });
  closing.defer(() => bridge.settled());
  const visitors = closing.use(
    new VisitorBank({
      widgets: async (uuid) => (await store.widgets.get(uuid))?.value,
      pictures: (id) => store.pictures.get(id),
      hub,
      bridge,
      presence: directory,
      ice: (user) => ice.config(user),
      texts: WIDGET_LANGUAGES,
      inquiries: inboxOf(shared),
      clock,
      counters,
      happened: (happening) => statistics.count(happening),
      limits: { contactsAtOncePerAddress: config.contactsPerAddress },
      blocks: { store: store.blocks, sign: await openSigning(config) },
      ...cluster && {
        newToken: () => cluster.newToken(),
        others: cluster.otherInstances(),
      },
    }),
  );
  cluster?.reports(() => ({ contacts: visitors.contacts() }));
  const parts = { desk: shared.desk, pbx: shared.pbx.bank, visitors, bridge };
  const homes = cluster && closing.use(cluster.home(parts));
  return { directory, statistics, visitors, homes };
}

/** Creates the services for administrators, and deletes what is too old. */
function openAdmin(shared: Shared & Banks & BridgeParts): Services {
  const { config, store, closing } = shared;
  const { recordDays, messageDays } = config;
  const push = shared.notifying?.push;
  const mailServer = mailServerOf(shared);
  const services = createServices({
    ...{ ...shared, push, recordDays, messageDays, mailServer },
  });
  openCallbacks(shared);
  closing.use(new Housekeeping({ ...services, store, ...config }));
  return services;
}

/** Sends messages of visitors by e-mail, if there is a mail server. */
function mailServerOf(
  { config, store, clock, closing }: Shared,
): MailServer | undefined {
  const { smtpUrl, smtpFrom: from, publicUrl } = config;
  if (smtpUrl === "") return undefined;
  const send = smtpSender(smtpUrl, from);
  closing.use(new Postman({ store, send, publicUrl, clock }));
  return { from, send };
}

/** Returns the store of messages. Without a mail server, it has no e-mails. */
function inboxOf({ config, store: { inquiries } }: Shared): InquiryInbox {
  if (config.smtpUrl !== "") return inquiries;
  return {
    sent: (...which) => inquiries.sent(...which),
    inSlots: (...which) => inquiries.inSlots(...which),
    create: (content, more) => inquiries.create(content, { ...more, to: "" }),
  };
}

/** Serves everything on one port. */
async function openPort(
  { services, operator, ...shared }: Shared & Banks & BridgeParts & {
    services: Services;
    operator: Operator;
  },
): Promise<RunningServer> {
  const { config, store, clock, counters, closing } = shared;
  const { pbx, desk, visitors, homes } = shared;
  const build = await loadBuild(BUILD);
  const files = await WidgetFiles.read(new URL("widget/", BUILD));
  const old = closing.use(
    new OldWidgetFiles(files, { store: store.widgetFiles, clock }),
  );
  old.keep();
  return closing.use(
    await serve({
      file: (request) => files.answer(request),
      oldFile: (request) => old.answer(request),
      http: createApp({ services, config, build, counters }),
      visitor: (...page) => homes?.visitor(...page) ?? visitors.accept(...page),
      signedIn: (request) => signedIn(request, services.sessions),
      desk: (...page) => homes?.desk(...page) ?? desk.accept(...page),
      pbx: (socket, peer) => pbx.bank.accept(socket, peer),
      noPbx: (peer) => pbx.bank.refuse(peer),
      cut: (kind, why) => counters.count("socket_cut", { door: kind, why }),
      operator,
    }, {
      config,
      clock,
      // Only after the port was opened, so that a failed start changes nothing.
      async prepare() {
        if (homes === undefined) await visitors.restore();
        else homes.begin();
        // A claim of an instance that the others don't know would not last.
        const told = shared.notifying?.reach
          .watch((...agent) => (homes ?? desk).setReachable(...agent));
        if (told !== undefined) closing.use(told);
        await prepare(services, config);
      },
    }),
  );
}
