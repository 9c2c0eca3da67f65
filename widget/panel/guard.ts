// A page may listen to every key, close its open parts when the visitor presses
// something else, or hold the focus in its own dialog. Some pages listen on the
// document in the capture phase. So the window stops the events of the panel
// before the page's listeners, and dispatches a copy inside that cannot leave
// the shadow tree. Only listeners on the window that are older than the panel
// still receive them.

const NAMES = "keydown keypress keyup focusin focusout pointerdown pointerup " +
  "mousedown mouseup touchstart touchend";
const guarded = new WeakSet<Node>();
/** Clicks that reached the panel although the page listens. */
const reached = new WeakSet<Event>();
let installed = false;
/** The press before the click, or a later one, anywhere in the page. */
let lastPress: Event | undefined;

/** Hides the events of the panel's shadow tree from the page from now on. */
export function guard(panel: Element | null): void {
  const root = panel?.getRootNode();
  if (!(root instanceof ShadowRoot)) return;
  if (guarded.has(root)) return;
  guarded.add(root);
  watchHost(root.host);
  root.addEventListener("click", (event) => reached.add(event), true);
  if (installed) return;
  installed = true;
  addEventListener("pointerdown", (event) => lastPress = event, true);
  for (const name of NAMES.split(" ")) listen(name, handOn);
  listen("click", insist);
}

/** Dialogs of pages hide everything else from screen readers, but a panel above
 * them must not be hidden. */
function watchHost(host: Element): void {
  const hiding = ["aria-hidden", "inert"];
  const show = () => hiding.forEach((name) => host.removeAttribute(name));
  new MutationObserver(show).observe(host, { attributeFilter: hiding });
  show();
}

type Handle = (event: Event, target: Element) => void;

function listen(name: string, handle: Handle): void {
  addEventListener(name, (event) => {
    const [target] = event.composedPath();
    if (!(target instanceof Element)) return;
    if (guarded.has(target.getRootNode())) handle(event, target);
  }, true);
}

/** The original event keeps the browser's default action. */
function handOn(event: Event, target: Element): void {
  const copy = copyOf(event);
  event.stopImmediatePropagation();
  if (!target.dispatchEvent(copy)) event.preventDefault();
}

const KEY_FIELDS = "key code keyCode location repeat isComposing " +
  "shiftKey ctrlKey altKey metaKey";

/** Returns a copy of the event that cannot leave the shadow tree. */
function copyOf(event: Event): Event {
  const Kind = event.constructor as new (type: string, like: Event) => Event;
  const inside = new Proxy(event, {
    get: (event, key) => key !== "composed" && Reflect.get(event, key),
  });
  const copy = new Kind(event.type, inside);
  if (!copy.composed) return copy;
  // In Firefox each KeyboardEvent is composed, regardless of its options.
  const plain = new UIEvent(event.type, inside);
  for (const key of KEY_FIELDS.split(" ")) {
    Object.defineProperty(plain, key, { value: Reflect.get(event, key) });
  }
  return plain;
}

/** Makes a click reach its target even if the page swallows clicks elsewhere. */
function insist(event: Event, target: Element): void {
  const press = lastPress;
  setTimeout(() => {
    const followed = !event.defaultPrevented &&
      target.closest("a,label,[type=submit]");
    if (!reached.has(event) && !followed) {
      target.dispatchEvent(
        new MouseEvent("click", { bubbles: true, cancelable: true }),
      );
    }
    const field = target.closest<HTMLElement>("input,textarea,select");
    // Meanwhile the visitor may have pressed something else.
    if (!field || field.matches(":focus") || press !== lastPress) return;
    // A dialog of the page does not react if its field merely loses the focus.
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement) activeElement.blur();
    field.focus({ preventScroll: true });
  });
}
