import type { WidgetTexts } from "@/lib/i18n/widget/texts.ts";
import { Glyph, Icon, type IconName } from "../view/icons.tsx";
import type { CallProps } from "./call_props.ts";
import type { CallRun } from "./call_run.ts";

/** Paths on the grid of view/icons.tsx. CSS adds the slash of a control that is
 * off. */
const PATHS = {
  microphone:
    "M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
  keypad:
    "M6 5h.1M12 5h.1M18 5h.1M6 12h.1M12 12h.1M18 12h.1M6 19h.1M12 19h.1M18 19h.1",
  share: "M3.5 5h17v11h-17zM8.5 20h7M12 13V8.5M9.5 10.5L12 8l2.5 2.5",
  full: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  small: "M3.5 5h17v14h-17zM12.5 12.5H18v4h-5.5z",
  devices: "M5 5v14M12 5v14M19 5v14M3 9h4M10 15h4M17 8h4",
} as const;

interface Control {
  path: keyof typeof PATHS | IconName;
  name: keyof WidgetTexts;
  /** True if the function of the button is off. */
  off?: boolean;
  pressed?: boolean;
  /** Number of things behind it that are new. */
  news?: number;
  press(): void;
}

/** The buttons that a visitor has during a call. */
export function Controls({ run, model }: CallProps) {
  const connected = run.call.state === "connected";
  const controls = [
    ...always(run, model),
    ...(connected ? later(run, model) : []),
  ];
  return (
    <div class="controls">
      <p class="hidden" role="status">{newsText(run.owner.unread(), model)}</p>
      <div class="tools">
        {controls.map(({ path, name, off, pressed, news, press }) => (
          <button
            key={path} // The button stays the same when its label changes, so it keeps the focus.
            type="button"
            class={`tool${pressed ? " on" : ""}${off ? " off" : ""}`}
            aria-label={[model.text(name), newsText(news, model)]
              .filter(Boolean).join(", ")}
            title={model.text(name)}
            aria-pressed={pressed}
            onClick={press}
          >
            {path in PATHS
              ? <Glyph path={PATHS[path as keyof typeof PATHS]} />
              : <Icon name={path as IconName} />}
            {news ? <span class="unread" aria-hidden="true">{news}</span> : ""}
          </button>
        ))}
      </div>
      <button
        type="button"
        class="tool end"
        aria-label={model.text("hangUp")}
        title={model.text("hangUp")}
        onClick={() => run.hangUp()}
      >
        <Icon name="voice" />
      </button>
    </div>
  );
}

function always(run: CallRun, model: CallProps["model"]): Control[] {
  const { own } = run;
  const card = model.cards.find(({ id }) => id === run.call.agent.id);
  const camera = own.video !== undefined && !own.sharing;
  return present([
    {
      path: "microphone",
      off: own.muted,
      name: "mute",
      pressed: own.muted,
      press: () => run.mute(),
    },
    card?.media.includes("video") && {
      path: "video",
      off: !camera,
      name: camera ? "cameraOff" : "cameraOn",
      press: () => run.toggleCamera(),
    },
    card?.media.includes("chat") && {
      path: "chat",
      name: "chat",
      news: run.owner.unread(),
      press: run.owner.chat,
    },
    run.call.state !== "preparing" && {
      path: "devices",
      name: "devices",
      pressed: run.sheet.shown === "devices",
      press: () => run.sheet.toggle("devices"),
    },
  ]);
}

function newsText(news = 0, { text }: CallProps["model"]): string {
  return news > 0 ? text("unread", { count: String(news) }) : "";
}

function present(controls: (Control | false | undefined | 0)[]): Control[] {
  return controls.flatMap((control) => control || []);
}

function later(run: CallRun, model: CallProps["model"]): Control[] {
  const { own } = run;
  const card = model.cards.find(({ id }) => id === run.call.agent.id);
  const pictures = run.remote?.getVideoTracks().length;
  return present([
    {
      path: "keypad",
      name: "keypad",
      pressed: run.sheet.shown === "keypad",
      press: () => run.sheet.toggle("keypad"),
    },
    card?.media.includes("video") &&
    "getDisplayMedia" in navigator.mediaDevices && {
      path: "share",
      name: "shareScreen",
      pressed: own.sharing,
      press: () => run.toggleScreen(),
    },
    pictures && {
      path: "full",
      name: "fullScreen",
      press: () => run.picture?.requestFullscreen?.().catch(() => {}),
    },
    pictures && document.pictureInPictureEnabled && {
      path: "small",
      name: "pictureInPicture",
      press: () => run.picture?.requestPictureInPicture().catch(() => {}),
    },
  ]);
}
