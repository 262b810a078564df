# The experiment of bench.ts by Lightning, as its documentation writes one: a module, loaders, a checkpoint of the best epoch.
# Prints one line of JSON. usage: with_lightning.py FILE THREADS SETTINGS
import json
import logging
import sys
import tempfile
import warnings
import torch
import lightning
from lightning.pytorch.callbacks import ModelCheckpoint
from torch.utils.data import DataLoader, TensorDataset
from experiment import Model, Parts

path, threads, settings = sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3])
warnings.filterwarnings("ignore")
logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
torch.set_num_threads(threads)
lightning.seed_everything(1, verbose=False)
parts = Parts(path, settings)


class Forecaster(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.model = Model(settings)

    def error(self, batch):
        x, y = batch
        return torch.nn.functional.mse_loss(self.model(x), y)

    def training_step(self, batch, _):
        return self.error(batch)

    def validation_step(self, batch, _):
        self.log("validation", self.error(batch))

    def test_step(self, batch, _):
        self.log("test", self.error(batch))

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=settings["learningRate"])


def loader(windows, size, shuffle=False):
    return DataLoader(TensorDataset(*windows), batch_size=size, shuffle=shuffle)


with tempfile.TemporaryDirectory() as folder:
    best = ModelCheckpoint(folder, monitor="validation")
    trainer = lightning.Trainer(
        max_epochs=settings["epochs"],
        accelerator="cpu",
        gradient_clip_val=1.0,
        callbacks=[best],
        logger=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        num_sanity_val_steps=0,
    )
    module = Forecaster()
    trainer.fit(module, loader(parts.train, settings["batchSize"], shuffle=True), loader(parts.validation, 256))
    (scores,) = trainer.test(module, loader(parts.test, 256), ckpt_path="best", verbose=False)
print(json.dumps({"version": lightning.__version__, "mse": scores["test"]}))
