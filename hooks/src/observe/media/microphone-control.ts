/** AudioRecord's constructor, stop(), getAudioSource(), getActiveMicrophones(); MediaRecorder.setAudioSource() and its kin; AudioRecord.read() */
import { across, CONTEXT, defineHook } from "../../lib/hook.js";
import { text } from "../../lib/ref.js";

export default defineHook({
  id: "microphone-control", kind: "context", dataType: "other",
  targets: [
    ...across(["android.media.AudioRecord"], ["$init", "stop", "getAudioSource", "getActiveMicrophones"], CONTEXT),
    ...across(["android.media.MediaRecorder"], ["setAudioSource", "setCamera", "setOutputFile", "stop"], CONTEXT),
    // How much was recorded; below zero it failed.
    ...across(["android.media.AudioRecord"], ["read"], { kind: "read", dataType: "microphone", args: () => [], values: () => [], result: returned => (Number(text(returned)) > 0 ? "obtained" : "empty") }),
  ],
});
