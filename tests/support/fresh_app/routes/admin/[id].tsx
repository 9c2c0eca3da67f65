import { define } from "../../define.ts";

export default define.page(({ params }) => <p>Widget {params["id"]}</p>);
