import { fuzz } from "./fuzz.ts";
import { authentications } from "./targets/authentication.ts";
import { backupArchive, backupHeader } from "./targets/backup.ts";
import {
  capturedPackets,
  captureFile,
  carriedPackets,
  endlessCapture,
  linkFrames,
  packedCapture,
} from "./targets/capture.ts";
import { controlMessage, framer } from "./targets/control-connection.ts";
import { controlMachine } from "./targets/control-machine.ts";
import { decodedCapture, decodedCut, decodedDial } from "./targets/decode.ts";
import { gre } from "./targets/gre.ts";
import { importedUsers, userDocument } from "./targets/import.ts";
import { innerPacket } from "./targets/inner-packet.ts";
import { link } from "./targets/link.ts";
import { mppc, mppe } from "./targets/mppe.ts";
import { negotiations } from "./targets/negotiation.ts";
import { outerHeader } from "./targets/outer-header.ts";
import { packetLoop } from "./targets/packet-loop.ts";
import { optionList, pppFrame } from "./targets/ppp.ts";
import { join, split } from "./targets/segments.ts";

await fuzz([
  framer,
  controlMessage,
  controlMachine,
  gre,
  pppFrame,
  optionList,
  ...negotiations,
  ...authentications,
  mppc,
  mppe,
  link,
  innerPacket,
  outerHeader,
  captureFile,
  capturedPackets,
  carriedPackets,
  linkFrames,
  packedCapture,
  endlessCapture(),
  decodedDial,
  decodedCut,
  decodedCapture,
  backupArchive,
  backupHeader,
  importedUsers,
  userDocument,
  join,
  split,
  ...packetLoop,
]);
