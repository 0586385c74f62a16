// The script of the server-rendered pages: what they cannot do with forms alone.
import { offerPasskeys } from "./passkeys";

offerPasskeys(document);
