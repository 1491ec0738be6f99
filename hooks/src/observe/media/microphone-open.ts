/** AudioRecord.startRecording() and MediaRecorder.start() */
import { defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "microphone-open", dataType: "microphone",
  targets: [
    { class: "android.media.AudioRecord", method: "startRecording" },
    { class: "android.media.MediaRecorder", method: "start" },
  ],
});
