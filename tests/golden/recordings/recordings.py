"""Short recordings in the forms that an import reads, and what libsndfile reads of them.

pip install soundfile numpy; python recordings.py
"""
import json
from pathlib import Path

import numpy as np
import soundfile

FOLDER = Path(__file__).parent


def sounds(rate: int, frames: int) -> tuple[np.ndarray, np.ndarray]:
    time = np.arange(frames) / rate
    rising = 0.5 * np.sin(2 * np.pi * (300 * time + 400 * time * time))
    other = 0.25 * np.sin(2 * np.pi * 700 * time)
    return rising, np.stack([rising, other], 1)


one, _ = sounds(16_000, 4_000)
_, two = sounds(44_100, 1_500)
noise = np.random.default_rng(1).normal(0, 0.2, 900)
FORMS = {
    "one.flac": (one, 16_000, {"subtype": "PCM_16"}),
    "two-24-bits.flac": (two, 44_100, {"subtype": "PCM_24"}),
    "noise-8-bits.flac": (noise, 8_000, {"subtype": "PCM_S8"}),
    "silence.flac": (np.zeros(700), 8_000, {"subtype": "PCM_16"}),
    "one.ogg": (one, 16_000, {"format": "OGG", "subtype": "VORBIS"}),
    "one.opus": (one, 48_000, {"format": "OGG", "subtype": "OPUS"}),
    "one.mp3": (one, 16_000, {"format": "MP3"}),
    "two.mp3": (two, 44_100, {"format": "MP3"}),
}
golden = []
for name, (wave, rate, options) in FORMS.items():
    soundfile.write(FOLDER / name, wave, rate, **options)
    read, rate = soundfile.read(FOLDER / name, always_2d=True)
    mean = np.clip(np.rint(read.mean(1) * 32_768), -32_768, 32_767).astype(int)
    golden.append({"name": name, "rate": rate, "frames": len(mean), "every": 37, "wave": mean[::37].tolist()})
(FOLDER / "recordings.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
