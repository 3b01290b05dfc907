"""The same trainings in PyTorch from Python, written as its users write them.

    python peer.py WORKLOAD --threads N [--fused] --data FILE

FILE holds the records as float32. They lie in memory as one tensor, and a batch is an indexing of it by a random
permutation: a DataLoader would be slower.
"""

import argparse

import torch
import torch.nn.functional as F
from torch import nn

from turns import memory, say, take_turns


# ---------------------------------------------------------------- networks


class Vae(nn.Module):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder

    def forward(self, x):
        mean, log_variance = self.encoder(x).chunk(2, 1)
        z = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        return self.decoder(z), mean, log_variance


def linear_vae():
    return Vae(
        nn.Sequential(nn.Flatten(), nn.Linear(784, 400), nn.ReLU(), nn.Linear(400, 40)),
        nn.Sequential(nn.Linear(20, 400), nn.ReLU(), nn.Linear(400, 784), nn.Unflatten(1, (1, 28, 28))),
    )


def convolutional_vae():
    return Vae(
        nn.Sequential(
            nn.Conv2d(1, 32, 4, 2, 1), nn.ReLU(), nn.Conv2d(32, 64, 4, 2, 1), nn.ReLU(),
            nn.Flatten(), nn.Linear(3136, 256), nn.ReLU(), nn.Linear(256, 40),
        ),
        nn.Sequential(
            nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 3136), nn.ReLU(), nn.Unflatten(1, (64, 7, 7)),
            nn.ConvTranspose2d(64, 32, 4, 2, 1), nn.ReLU(), nn.ConvTranspose2d(32, 1, 4, 2, 1),
        ),
    )


def ring_generator():
    layers, inputs = [], 2
    for _ in range(4):
        layers += [nn.Linear(inputs, 400), nn.BatchNorm1d(400), nn.ReLU()]
        inputs = 400
    return nn.Sequential(*layers, nn.Linear(400, 2))


def ring_discriminator():
    layers, inputs = [], 2
    for _ in range(3):
        layers += [nn.Linear(inputs, 200), nn.LeakyReLU(0.2)]
        inputs = 200
    return nn.Sequential(*layers, nn.Linear(200, 1))


def image_generator():
    return nn.Sequential(
        nn.Linear(64, 6272), nn.Unflatten(1, (128, 7, 7)), nn.BatchNorm2d(128), nn.ReLU(True),
        nn.ConvTranspose2d(128, 64, 4, 2, 1), nn.BatchNorm2d(64), nn.ReLU(True),
        nn.ConvTranspose2d(64, 1, 4, 2, 1), nn.Tanh(),
    ).apply(dcgan_weights)


def image_discriminator():
    return nn.Sequential(
        nn.Conv2d(1, 64, 4, 2, 1), nn.LeakyReLU(0.2, inplace=True),
        nn.Conv2d(64, 128, 4, 2, 1), nn.BatchNorm2d(128), nn.LeakyReLU(0.2, inplace=True),
        nn.Flatten(), nn.Linear(6272, 1),
    ).apply(dcgan_weights)


def image_critic():
    return nn.Sequential(
        nn.Conv2d(1, 64, 4, 2, 1), nn.LeakyReLU(0.2, inplace=True),
        nn.Conv2d(64, 128, 4, 2, 1), nn.LeakyReLU(0.2, inplace=True),
        nn.Flatten(), nn.Linear(6272, 1),
    ).apply(dcgan_weights)


def dcgan_weights(layer):
    if isinstance(layer, (nn.Conv2d, nn.ConvTranspose2d, nn.Linear)):
        nn.init.normal_(layer.weight, 0.0, 0.02)
        nn.init.zeros_(layer.bias)
    elif isinstance(layer, nn.BatchNorm2d):
        nn.init.normal_(layer.weight, 1.0, 0.02)
        nn.init.zeros_(layer.bias)


# ---------------------------------------------------------------- what is trained


class VaeTraining:
    def __init__(self, model, fused):
        self.model = model
        self.optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=fused)
        self.modules = [model]

    def step(self, x):
        self.optimizer.zero_grad()
        logits, mean, log_variance = self.model(x)
        reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
        kl = -0.5 * torch.sum(1 + log_variance - mean.pow(2) - log_variance.exp())
        loss = (reconstruction + kl) / len(x)
        loss.backward()
        self.optimizer.step()
        return loss.item()


class GanTraining:
    """As in PyTorch's own DCGAN example: the generator learns from the samples that the discriminator has seen."""

    def __init__(self, generator, discriminator, latent, fused):
        self.generator, self.discriminator, self.latent = generator, discriminator, latent
        self.optimizer_g = torch.optim.Adam(generator.parameters(), lr=2e-4, betas=(0.5, 0.999), fused=fused)
        self.optimizer_d = torch.optim.Adam(discriminator.parameters(), lr=2e-4, betas=(0.5, 0.999), fused=fused)
        self.criterion = nn.BCEWithLogitsLoss()
        self.modules = [discriminator, generator]

    def step(self, real):
        ones, zeros = torch.ones(len(real), 1), torch.zeros(len(real), 1)
        self.discriminator.zero_grad()
        output = self.discriminator(real)
        loss_real = self.criterion(output, ones)
        loss_real.backward()
        fake = self.generator(torch.randn(len(real), self.latent))
        output = self.discriminator(fake.detach())
        loss_fake = self.criterion(output, zeros)
        loss_fake.backward()
        self.optimizer_d.step()

        self.generator.zero_grad()
        output = self.discriminator(fake)
        loss_g = self.criterion(output, ones)
        loss_g.backward()
        self.optimizer_g.step()
        loss_g.item()
        return (loss_real + loss_fake).item()


class WassersteinTraining:
    """Five steps of the critic, with the gradient penalty, for each of the generator."""

    def __init__(self, generator, critic, latent, fused):
        self.generator, self.critic, self.latent = generator, critic, latent
        self.optimizer_g = torch.optim.Adam(generator.parameters(), lr=1e-4, betas=(0.0, 0.9), fused=fused)
        self.optimizer_c = torch.optim.Adam(critic.parameters(), lr=1e-4, betas=(0.0, 0.9), fused=fused)
        self.modules = [critic, generator]
        self.batches = 0

    def penalty(self, real, fake):
        epsilon = torch.rand(len(real), 1, 1, 1)
        between = (epsilon * real + (1 - epsilon) * fake).requires_grad_(True)
        scores = self.critic(between)
        gradient = torch.autograd.grad(scores, between, torch.ones_like(scores), create_graph=True)[0]
        # A slope per unit of records in [0, 1], as ours are, is twice that per unit of those in [−1, 1].
        return ((2 * gradient.flatten(1).norm(2, dim=1) - 1) ** 2).mean()

    def step(self, real):
        self.optimizer_c.zero_grad()
        samples = self.generator(torch.randn(len(real), self.latent))
        fake = samples.detach()
        loss = self.critic(fake).mean() - self.critic(real).mean() + 10 * self.penalty(real, fake)
        loss.backward()
        self.optimizer_c.step()
        if self.batches % 5 == 0:
            self.optimizer_g.zero_grad()
            loss_g = -self.critic(samples).mean()
            loss_g.backward()
            self.optimizer_g.step()
            loss_g.item()
        self.batches += 1
        return loss.item()


def images(values):
    return values.view(-1, 1, 28, 28)


def signed_images(values):
    return images(values) * 2 - 1


def points(values):
    return values.view(-1, 2)


# name: (batch, of how many steps a round is a multiple, the records' form, the training)
WORKLOADS = {
    "vae-mlp": (128, 1, images, lambda fused: VaeTraining(linear_vae(), fused)),
    "vae-conv": (128, 1, images, lambda fused: VaeTraining(convolutional_vae(), fused)),
    "gan-ring": (100, 1, points, lambda fused: GanTraining(ring_generator(), ring_discriminator(), 2, fused)),
    "dcgan": (64, 1, signed_images,
              lambda fused: GanTraining(image_generator(), image_discriminator(), 64, fused)),
    "wgan-gp": (64, 5, signed_images,
                lambda fused: WassersteinTraining(image_generator(), image_critic(), 64, fused)),
}


# ---------------------------------------------------------------- rounds


def batches(records, batch):
    """Indices of batches without end, epoch after epoch."""
    while True:
        order = torch.randperm(len(records))
        for i in range(len(records) // batch):
            yield order[i * batch : (i + 1) * batch]


def sample(training, images):
    """Images in [0, 1], 500 at a time."""
    decoder = training.model.decoder if isinstance(training, VaeTraining) else training.generator
    decoder.eval()
    drawn = []
    with torch.no_grad():
        for first in range(0, images, 500):
            z = torch.randn(min(500, images - first), next(decoder.parameters()).shape[1])
            output = decoder(z)
            drawn.append(torch.sigmoid(output) if isinstance(training, VaeTraining) else (output + 1) / 2)
    return torch.cat(drawn)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("workload", choices=WORKLOADS)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--fused", action="store_true")
    parser.add_argument("--data", help="the records")
    parser.add_argument("--sample", type=int, metavar="N", help="instead of training, draw N images at a step")
    parser.add_argument("--first-step", action="store_true", help="end after one step")
    parser.add_argument("--memory", type=int, metavar="N", help="say how memory grows over N steps, and end")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    batch, cycle, form, make = WORKLOADS[options.workload]
    training = make(options.fused or None)
    if options.sample:
        return take_turns(lambda: sample(training, options.sample).numel())
    with open(options.data, "rb") as file:
        records = form(torch.frombuffer(bytearray(file.read()), dtype=torch.float32))
    order = batches(records, batch)
    step = lambda: training.step(records[next(order)])
    if options.first_step:
        return say(loss=step())
    if options.memory:
        return say(**memory(step, options.memory))
    parameters = sum(p.numel() for module in training.modules for p in module.parameters())
    take_turns(step, cycle, parameters=parameters)


if __name__ == "__main__":
    main()
