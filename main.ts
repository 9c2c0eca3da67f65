import { Housekeeping } from "@/lib/admin/housekeeping.ts";
import { systemClock } from "@/lib/base/clock.ts";
import { Hub } from "@/lib/base/hub.ts";
import { Contact } from "@/lib/contact/contact.ts";
import { Directory } from "@/lib/contact/directory.ts";
import { Ice } from "@/lib/contact/ice.ts";
import { PresenceBoard } from "@/lib/contact/presence_board.ts";
import { DeskBank } from "@/lib/desk/bank.ts";
import { WIDGET_LANGUAGES } from "@/lib/i18n/widget/languages.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { Metrics } from "@/lib/metrics/metrics.ts";
import { OldWidgetFiles } from "@/lib/port/old_widget_files.ts";
import { serve } from "@/lib/port/server.ts";
import { WidgetFiles } from "@/lib/port/widget_files.ts";
import { deskStore } from "@/lib/program/desk_store.ts";
import { shelfOf } from "@/lib/program/kept_chats.ts";
import { openPbx } from "@/lib/program/open_pbx.ts";
import { Operator } from "@/lib/program/operator.ts";
import { runProgram } from "@/lib/program/program.ts";
import { surviveRejections } from "@/lib/program/rejections.ts";
import { prepare } from "@/lib/program/run.ts";
import { counted } from "@/lib/statistics/counted_records.ts";
import { Statistics } from "@/lib/statistics/statistics.ts";
import { createApp } from "@/lib/web/app.ts";
import { signedIn } from "@/lib/web/auth.ts";
import { createServices } from "@/lib/web/services.ts";
import { VisitorBank } from "@/lib/visitor/bank.ts";

const BUILD = new URL("./_fresh/", import.meta.url);

// The composition root: the only place that knows every room. Resources are
// closed in the reverse order of opening.
if (import.meta.main) {
  await runProgram(Deno.args, async ({ config, store, closing }) => {
    const clock = systemClock;
    const ground = { config, store, clock };
    const hub = new Hub<Topics>();
    const ice = new Ice(config, { clock, pbx: () => pbx.bank.ice() });
    const { widgets, pictures } = store;
    const desk = closing.use(
      await DeskBank.open({
        ...deskStore(store, clock),
        hub,
        clock,
        ice: ({ id }) => ice.config(id),
      }),
    );
    const pbx = closing.use(await openPbx(ground));
    const directory = closing.use(new Directory({ desk, pbx: pbx.bank, hub }));
    const counters = new Metrics(clock);
    closing.use(surviveRejections(counters));
    closing.use(counters.watchLoop());
    const agents = counters.metered(directory);
    const statistics = closing.use(
      new Statistics({ store: store.statistics, clock, counters }),
    );
    closing.defer(() => statistics.write());
    const records = counted(store.contactRecords, statistics);
    const shelf = await shelfOf(ground);
    const contact = new Contact({ agents, records, clock, counters, ...shelf });
    closing.defer(() => contact.settled());
    const visitors = closing.use(
      new VisitorBank({
        widgets: async (uuid) => (await widgets.get(uuid))?.value,
        pictures: (id) => pictures.get(id),
        hub,
        contact,
        presence: new PresenceBoard(agents, clock),
        ice: (user) => ice.config(user),
        texts: WIDGET_LANGUAGES,
        clock,
        counters,
        happened: (happening) => statistics.count(happening),
        limits: { contactsAtOncePerAddress: config.contactsPerAddress },
      }),
    );
    const services = createServices({
      ...ground,
      hub,
      desk,
      pbx,
      ice,
      statistics,
      counters,
      recordDays: config.recordDays,
    });
    closing.use(new Housekeeping({ ...services, store, ...config }));
    const operator = new Operator({
      ...ground,
      counters,
      pbx,
      visitors,
      desk,
      statistics,
    });
    const app = await createApp({ services, config, build: BUILD, counters });
    const files = await WidgetFiles.read(new URL("widget/", BUILD));
    const old = closing.use(
      new OldWidgetFiles(files, { store: store.widgetFiles, clock }),
    );
    old.keep();
    const server = closing.use(
      await serve({
        file: (request) => files.answer(request),
        oldFile: (request) => old.answer(request),
        http: app.handler(),
        visitor: (socket, peer) => visitors.accept(socket, peer),
        signedIn: (request) => signedIn(request, services.sessions),
        desk: (socket, account) => desk.accept(socket, account),
        pbx: (socket, peer) => pbx.bank.accept(socket, peer),
        noPbx: (peer) => pbx.bank.refuse(peer),
        cut: (door, why) => counters.count("socket_cut", { door, why }),
        operator,
      }, {
        ...ground,
        // Only after the port was opened, so that a failed start changes
        // nothing.
        async prepare() {
          await visitors.restore();
          await prepare(services, config);
        },
      }),
    );
    return { services, server, drain: (ms: number) => visitors.drain(ms) };
  });
}
