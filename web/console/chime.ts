// The sound of a notification, made here: two tones, the second higher.

const TONES = [[660, 0], [880, 0.14]] as const; // hertz, and when
const LONG_S = 0.5;

let context: AudioContext | null = null;

/** volume: 0 to 100. Browsers are silent until the page was used. */
export function chime(volume: number): void {
    if (!("AudioContext" in window) || volume <= 0) return;
    context ??= new AudioContext();
    const at = context;
    void at.resume().then(() => ring(at, volume)).catch(() => undefined);
}

function ring(at: AudioContext, volume: number): void {
    const loud = (Math.min(volume, 100) / 100) ** 2 / 2;
    for (const [hertz, after] of TONES) {
        const from = at.currentTime + after;
        const tone = at.createOscillator();
        const gain = at.createGain();
        tone.frequency.value = hertz;
        gain.gain.setValueAtTime(0, from);
        gain.gain.linearRampToValueAtTime(loud, from + 0.02);
        gain.gain.exponentialRampToValueAtTime(0.0001, from + LONG_S);
        tone.connect(gain).connect(at.destination);
        tone.start(from);
        tone.stop(from + LONG_S);
    }
}
