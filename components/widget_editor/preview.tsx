import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Monitor, Moon, Smartphone, Sun, SunMoon } from "lucide-preact";
import { WIDGET_LANGUAGES } from "@/lib/i18n/widget/languages.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { newContent, type WidgetContent } from "@/lib/model/widget.ts";
import { Segmented, Select } from "@/lib/ui/choice.tsx";
import { useLanguage } from "../admin/language.tsx";
import type { Editing } from "./editing.ts";
import { languageName } from "./language_name.ts";
import {
  hasHours,
  lastValid,
  type Pretended,
  previewMessages,
  queueOf,
  tomorrowMorning,
} from "./preview_messages.ts";

/** Width of the displayed window, in CSS px of its page. */
const WIDTHS = { phone: 390, desktop: 1000 };
type Width = keyof typeof WIDTHS;
type AgentsState = "open" | "queue" | "closed" | "nobody";

/**
 * The edited content, drawn by the widget's own code in a separate frame next
 * to the form. Nothing of it is live.
 */
export function Preview({ editing }: { editing: Editing }) {
  const { texts: { editor } } = useLanguage();
  const [width, setWidth] = useState<Width>("phone");
  const [theme, setTheme] = useState<Pretended["theme"]>("auto");
  const [lang, setLang] = useState("");
  const [chosen, setState] = useState<AgentsState>("open");
  const { content } = editing;
  const state = statesOf(content).includes(chosen) ? chosen : "open";
  const isKnown = content.visitorLang && lang in WIDGET_LANGUAGES;
  const pretended: Pretended = {
    lang: isKnown ? lang : content.lang,
    theme,
    closedUntil: state === "closed" ? tomorrowMorning() : undefined,
    presence: state === "nobody" ? "offline" : "online",
    queue: state === "queue",
  };
  return (
    <aside class="preview" aria-label={editor.preview}>
      <div class="preview-inner">
        <div class="preview-bar">
          <Segmented
            hideLabel
            label={editor.previewWidth}
            value={width}
            onChoose={setWidth}
            options={[
              { value: "phone", label: editor.phone, icon: icon(Smartphone) },
              { value: "desktop", label: editor.desktop, icon: icon(Monitor) },
            ]}
          />
          <Segmented
            hideLabel
            label={editor.previewTheme}
            value={theme}
            onChoose={setTheme}
            options={[
              { value: "auto", label: editor.previewAuto, icon: icon(SunMoon) },
              { value: "light", label: editor.themes.light, icon: icon(Sun) },
              { value: "dark", label: editor.themes.dark, icon: icon(Moon) },
            ]}
          />
          <StateChoice
            state={state}
            states={statesOf(content)}
            onChoose={setState}
          />
          {content.visitorLang && (
            <LanguageChoice lang={pretended.lang} onChoose={setLang} />
          )}
        </div>
        <Frame editing={editing} pretended={pretended} width={width} />
        <p class="hint">
          {content.agents.length === 0
            ? editor.previewEmpty
            : editor.previewNote}
        </p>
      </div>
    </aside>
  );
}

function icon(Icon: typeof Sun) {
  return <Icon size={16} aria-hidden="true" />;
}

/** Returns the states that visitors of this content can meet. */
function statesOf(content: WidgetContent): AgentsState[] {
  const states: AgentsState[] = ["open"];
  if (queueOf(content)) states.push("queue");
  if (hasHours(content)) states.push("closed");
  return [...states, "nobody"];
}

function StateChoice({ state, states, onChoose }: {
  state: AgentsState;
  states: AgentsState[];
  onChoose: (state: AgentsState) => void;
}) {
  const { texts: { editor } } = useLanguage();
  return (
    <Segmented
      hideLabel
      label={editor.previewState}
      value={state}
      onChoose={onChoose}
      options={states.map((value) => ({
        value,
        label: editor.previewStates[value],
      }))}
    />
  );
}

function LanguageChoice({ lang, onChoose }: {
  lang: string;
  onChoose: (lang: string) => void;
}) {
  const { texts: { editor }, lang: own } = useLanguage();
  const tags = [...new Set([lang, ...Object.keys(WIDGET_LANGUAGES)])].sort();
  return (
    <Select
      hideLabel
      label={editor.previewLang}
      value={lang}
      options={tags.map((tag) => ({
        value: tag,
        label: languageName(tag, own),
      }))}
      onChoose={onChoose}
    />
  );
}

function Frame({ editing, pretended, width }: {
  editing: Editing;
  pretended: Pretended;
  width: Width;
}) {
  const { texts: { editor } } = useLanguage();
  const { type, content: written } = editing;
  const content = useLastValid(written);
  const frame = useRef<HTMLIFrameElement>(null);
  const [loads, setLoads] = useState(0);
  const { lang, theme, closedUntil, presence = "online", queue = false } =
    pretended;
  useEffect(() => {
    if (frame.current === null || loads === 0) return;
    const visitor = { lang, theme, closedUntil, presence, queue };
    show(frame.current, { type, content }, visitor);
  }, [type, content, lang, theme, closedUntil, presence, queue, loads]);
  useEffect(() => {
    // The frame may have loaded before this code, so it fires no load event.
    const state = frame.current?.contentDocument?.readyState;
    if (state === "complete") setLoads((count) => count + 1);
  }, []);
  useScale(frame, width);
  return (
    <div class={`preview-window preview-${width}`}>
      <iframe
        ref={frame}
        src={`/preview/frame?type=${type}`}
        title={fill(editor.previewFrame, { name: content.name })}
        onLoad={() => setLoads((count) => count + 1)}
      />
    </div>
  );
}

/** Returns the edited content, or the last valid one while it has errors. */
function useLastValid(written: WidgetContent): WidgetContent {
  const last = useRef(newContent(written.name, written.lang));
  last.current = lastValid(last.current, written);
  return last.current;
}

/** Passes the messages to the element in the frame, and the theme to its
 * page. */
function show(
  frame: HTMLIFrameElement,
  widget: Parameters<typeof previewMessages>[0],
  pretended: Pretended,
): void {
  const page = frame.contentDocument;
  const element = page?.querySelector("contact-widget");
  if (!page || !element) return;
  page.documentElement.dataset.theme = pretended.theme;
  // A plain property until the script has loaded, then its accessor.
  Reflect.set(element, "preview", previewMessages(widget, pretended));
}

/** Scales a window of that width to the available space. */
function useScale(
  frame: { current: HTMLIFrameElement | null },
  width: Width,
): void {
  useLayoutEffect(() => {
    const own = frame.current;
    const around = own?.parentElement;
    if (!own || !around) return;
    const fit = () => {
      const scale = Math.min(1, around.clientWidth / WIDTHS[width]);
      // Set as properties, because the policy allows no style attributes.
      own.style.setProperty("--width", `${WIDTHS[width]}px`);
      own.style.setProperty("--scale", String(scale));
    };
    const observer = new ResizeObserver(fit);
    observer.observe(around);
    fit();
    return () => observer.disconnect();
  }, [width]);
}
