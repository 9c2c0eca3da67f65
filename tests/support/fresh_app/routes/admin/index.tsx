import { define } from "../../define.ts";

export default define.page(({ state }) => (
  <p>Admin after {state.trail.join(", ")}</p>
));
