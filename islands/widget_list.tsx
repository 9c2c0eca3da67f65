import { useEffect, useMemo, useState } from "preact/hooks";
import { IdCard, PanelRight, Plus } from "lucide-preact";
import { AdminClient } from "@/lib/protocol/admin/client.ts";
import type {
  WidgetSummary,
  WidgetView,
} from "@/lib/protocol/admin/messages.ts";
import { plural } from "@/lib/i18n/fill.ts";
import { PageHeader } from "@/lib/ui/app_shell.tsx";
import { Button } from "@/lib/ui/button.tsx";
import { EmptyState } from "@/lib/ui/notices.tsx";
import { withOwnIds } from "@/lib/ui/own_id.tsx";
import { Toasts } from "@/lib/ui/toast.tsx";
import { ToastList } from "@/lib/ui/toasts.ts";
import {
  type Language,
  LanguageProvider,
  useLanguage,
} from "@/components/admin/language.tsx";
import { LeaveDialog } from "@/components/admin/leave_dialog.tsx";
import { useLeaveGuard } from "@/components/admin/leave_guard.ts";
import { addressedWidget, panelId } from "@/components/admin/panel_address.ts";
import { Ready } from "@/components/admin/ready.tsx";
import { WidgetListModel } from "@/components/widget_editor/widget_list_model.ts";
import {
  type WidgetDialogKind,
  WidgetPanel,
} from "@/components/widget_editor/widget_panel.tsx";
import { WidgetDialog } from "@/components/widget_editor/widget_dialog.tsx";

/** Number of widgets in the page's HTML; the script adds the others. */
const FIRST_WIDGETS = 20;

export interface WidgetListProps {
  language: Language;
  widgets: WidgetSummary[];
  /** The only widget with its content, if there is just one. */
  loaded: WidgetView[];
  /** Origin from which websites load the widget, without a trailing slash. */
  publicUrl: string;
}

/** All widgets; each is edited in its place. */
function WidgetList(props: WidgetListProps) {
  const { language, widgets, loaded, publicUrl } = props;
  const client = useMemo(() => new AdminClient(), []);
  const model = useMemo(() => {
    const toasts = new ToastList();
    return new WidgetListModel(widgets, {
      loaded,
      client,
      toasts,
      texts: language.texts,
    });
  }, []);
  useEffect(() => showAddressed(model), []);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") model.refresh();
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return (
    <LanguageProvider language={language}>
      <Ready>
        <List model={model} client={client} publicUrl={publicUrl} />
      </Ready>
      <LeaveQuestion model={model} />
      <Toasts
        list={model.toasts}
        closeLabel={language.texts.common.close}
      />
    </LanguageProvider>
  );
}

export default withOwnIds("widget-list", WidgetList);

/** Opens the widget that the address names (components/admin/panel_address.ts). */
function showAddressed(model: WidgetListModel): void {
  const uuid = addressedWidget(location.hash);
  const isThere = model.widgets.value.some((widget) => widget.uuid === uuid);
  if (uuid === undefined || !isThere) return;
  model.toggle(uuid, true);
  requestAnimationFrame(() =>
    document.getElementById(panelId(uuid))?.scrollIntoView()
  );
}

function List({ model, client, publicUrl }: {
  model: WidgetListModel;
  client: AdminClient;
  publicUrl: string;
}) {
  const { texts: { widgets: texts } } = useLanguage();
  const [asked, ask] = useState<{ uuid: string; what: WidgetDialogKind }>();
  const widgets = model.widgets.value;
  const [isMounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  async function askFor(uuid: string, what: WidgetDialogKind): Promise<void> {
    if (await model.load(uuid)) ask({ uuid, what });
  }
  return (
    <>
      <PageHeader
        title={texts.title}
        lead={texts.lead}
        actions={widgets.length > 0 && <AddButtons model={model} />}
      />
      {widgets.length === 0 && <NoWidgets model={model} />}
      <div class="widgets">
        {widgets.slice(0, isMounted ? Infinity : FIRST_WIDGETS).map((
          widget,
        ) => (
          <WidgetPanel
            key={widget.uuid}
            widget={widget}
            draft={model.draft(widget.uuid)}
            model={model}
            api={client}
            onAsk={(what) => askFor(widget.uuid, what)}
          />
        ))}
      </div>
      <WidgetDialog
        model={model}
        api={client}
        publicUrl={publicUrl}
        asked={asked}
        onEnd={() => ask(undefined)}
      />
    </>
  );
}

function AddButtons({ model }: { model: WidgetListModel }) {
  const { texts: { widgets: texts } } = useLanguage();
  return (
    <>
      {(["sidebar", "cardset"] as const).map((type) => (
        <Button
          key={type}
          icon={<Plus size={16} aria-hidden="true" />}
          disabled={model.isAdding.value}
          onClick={() => model.add(type)}
        >
          {type === "sidebar" ? texts.addSidebar : texts.addCardset}
        </Button>
      ))}
    </>
  );
}

/** Explains to a newcomer what widgets are, and which kind fits which page. */
function NoWidgets({ model }: { model: WidgetListModel }) {
  const { texts: { widgets: texts } } = useLanguage();
  const kinds = [
    {
      type: "sidebar",
      Icon: PanelRight,
      text: texts.sidebarText,
      add: texts.addSidebar,
    },
    {
      type: "cardset",
      Icon: IdCard,
      text: texts.cardsetText,
      add: texts.addCardset,
    },
  ] as const;
  return (
    <div class="panel">
      <EmptyState title={texts.emptyTitle}>{texts.emptyText}</EmptyState>
      <div class="kinds">
        {kinds.map(({ type, Icon, text, add }) => (
          <div class="kind" key={type}>
            <Icon size={32} strokeWidth={1.25} aria-hidden="true" />
            <h3>{texts[type]}</h3>
            <p class="soft">{text}</p>
            <Button
              kind="primary"
              icon={<Plus size={16} aria-hidden="true" />}
              disabled={model.isAdding.value}
              onClick={() => model.add(type)}
            >
              {add}
            </Button>
          </div>
        ))}
      </div>
    </div>
  );
}

function LeaveQuestion({ model }: { model: WidgetListModel }) {
  const { texts: { widgets: texts }, lang } = useLanguage();
  const leaving = useLeaveGuard(model.unsaved > 0);
  return (
    <LeaveDialog {...{ leaving, texts }}>
      {plural(texts.leaveText, model.unsaved, lang)}
    </LeaveDialog>
  );
}
