# Figures of pairs of frames by scikit-image 0.25 or newer: python3 frames.py > frames.json
import json
import numpy as np
from skimage.metrics import mean_squared_error, peak_signal_noise_ratio, structural_similarity

random = np.random.default_rng(7)
cases = []
for height, width, channels in [(20, 20, 1), (12, 17, 1), (16, 14, 3)]:
    truth = random.integers(0, 256, (height, width, channels), dtype=np.uint8)
    noise = random.normal(0, 40, truth.shape)
    said = np.clip(truth + noise, 0, 255).astype(np.uint8)
    a, b = truth / 255, said / 255
    ssim = structural_similarity(a, b, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1, channel_axis=2)
    cases.append({
        "form": {"width": width, "height": height, "channels": channels},
        "truth": truth.flatten().tolist(), "said": said.flatten().tolist(),
        "mse": mean_squared_error(a, b), "psnr": peak_signal_noise_ratio(a, b, data_range=1), "ssim": ssim,
    })
print(json.dumps(cases))
