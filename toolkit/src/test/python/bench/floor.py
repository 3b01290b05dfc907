"""The floor under each training: its matrix products, convolutions and Adam alone, by the same library.

    python floor.py WORKLOAD --threads N

No activation, normalisation, loss, noise or batch is computed, and no autograd runs: each product is called directly,
matrix products into memory that is already there, convolutions in the faster of both memory layouts. What is computed
is what a step must compute: both players see the same samples, and the generator's step takes no gradient of the
discriminator's weights.
"""

import argparse
import time

import torch

from turns import take_turns

# A layer is Linear(inputs, outputs) or Conv(inputs, outputs, height and width of the input, transposed).


class Linear:
    def __init__(self, inputs, outputs):
        self.weight, self.bias = torch.randn(outputs, inputs) * 0.01, torch.zeros(outputs)
        self.arrays = [self.weight, self.bias]

    def prepare(self, batch, layout):
        outputs, inputs = self.weight.shape
        self.x, self.y = torch.randn(batch, inputs), torch.randn(batch, outputs)
        self.dx, self.dweight = torch.empty(batch, inputs), torch.empty(outputs, inputs)
        self.transposed = self.weight.t()

    def forward(self):
        torch.addmm(self.bias, self.x, self.transposed, out=self.y)

    def backward_input(self):
        torch.mm(self.y, self.weight, out=self.dx)

    def backward_weight(self):
        torch.mm(self.y.t(), self.x, out=self.dweight)


class Conv:
    """Kernel 4, stride 2, padding 1."""

    def __init__(self, inputs, outputs, size, transposed=False):
        self.inputs, self.size, self.transposed = inputs, size, transposed
        channels = (inputs, outputs) if transposed else (outputs, inputs)
        self.weight, self.bias = torch.randn(*channels, 4, 4) * 0.01, torch.zeros(outputs)
        self.arrays = [self.weight, self.bias]

    def prepare(self, batch, layout):
        self.x = torch.randn(batch, self.inputs, self.size, self.size).contiguous(memory_format=layout)
        self.kernel = self.weight.contiguous(memory_format=layout)
        self.y = self.forward()

    def forward(self):
        return torch.convolution(self.x, self.kernel, self.bias, (2, 2), (1, 1), (1, 1), self.transposed, (0, 0), 1)

    def backward_input(self):
        self.backward([True, False, False])

    def backward_weight(self):
        self.backward([False, True, True])

    def backward(self, what):
        torch.ops.aten.convolution_backward(
            self.y, self.x, self.kernel, [len(self.bias)], (2, 2), (1, 1), (1, 1), self.transposed, (0, 0), 1, what)


class Network:
    def __init__(self, *layers):
        self.layers = layers
        self.weights = [array for layer in layers for array in layer.arrays]
        self.gradients = [torch.randn_like(w) * 1e-3 for w in self.weights]
        self.means = [torch.zeros_like(w) for w in self.weights]
        self.squares = [torch.zeros_like(w) for w in self.weights]
        self.steps = [torch.zeros(()) for _ in self.weights]

    def forward(self):
        for layer in self.layers:
            layer.forward()

    def backward_weights(self):
        for layer in self.layers:
            layer.backward_weight()

    def backward_inputs(self, first=False):
        """The gradients that flow back; to the network's own input only where asked for."""
        for layer in self.layers if first else self.layers[1:]:
            layer.backward_input()

    def adam(self):
        torch._foreach_add_(self.steps, 1)
        torch._fused_adam_(self.weights, self.gradients, self.means, self.squares, [], self.steps, lr=1e-6, beta1=0.9,
                           beta2=0.999, weight_decay=0.0, eps=1e-8, amsgrad=False, maximize=False)


def vae(encoder, decoder):
    def step():
        encoder.forward()
        decoder.forward()
        decoder.backward_weights()
        decoder.backward_inputs(first=True)
        encoder.backward_weights()
        encoder.backward_inputs()
        encoder.adam()
        decoder.adam()

    return step, [encoder, decoder]


def discriminator_step(generator, discriminator):
    generator.forward()
    for _ in ("data", "samples"):
        discriminator.forward()
        discriminator.backward_weights()
        discriminator.backward_inputs()


def generator_step(generator, discriminator):
    discriminator.forward()
    discriminator.backward_inputs(first=True)
    generator.backward_weights()
    generator.backward_inputs()
    generator.adam()


def gan(generator, discriminator):
    def step():
        discriminator_step(generator, discriminator)
        discriminator.adam()
        generator_step(generator, discriminator)

    return step, [generator, discriminator]


def wasserstein(generator, critic):
    """The penalty's own products: the score, its gradient by the input, and that gradient's by the weights. Through a
    leaky ReLU nothing of the latter flows back into the score's own forward pass."""
    batches = 0

    def step():
        nonlocal batches
        discriminator_step(generator, critic)
        critic.forward()
        critic.backward_inputs(first=True)
        critic.backward_weights()
        for layer in critic.layers[:-1]:
            layer.forward()
        critic.adam()
        if batches % 5 == 0:
            generator_step(generator, critic)
        batches += 1

    return step, [generator, critic]


def image_generator():
    return Network(Linear(64, 6272), Conv(128, 64, 7, transposed=True), Conv(64, 1, 14, transposed=True))


def image_discriminator():
    return Network(Conv(1, 64, 28), Conv(64, 128, 14), Linear(6272, 1))


# name: (batch, of how many steps a round is a multiple, the step and its networks)
WORKLOADS = {
    "vae-mlp": (128, 1, lambda: vae(Network(Linear(784, 400), Linear(400, 40)), Network(Linear(20, 400), Linear(400, 784)))),
    "vae-conv": (128, 1, lambda: vae(
        Network(Conv(1, 32, 28), Conv(32, 64, 14), Linear(3136, 256), Linear(256, 40)),
        Network(Linear(20, 256), Linear(256, 3136), Conv(64, 32, 7, transposed=True), Conv(32, 1, 14, transposed=True)))),
    "gan-ring": (100, 1, lambda: gan(
        Network(Linear(2, 400), *(Linear(400, 400) for _ in range(3)), Linear(400, 2)),
        Network(Linear(2, 200), *(Linear(200, 200) for _ in range(2)), Linear(200, 1)))),
    "dcgan": (64, 1, lambda: gan(image_generator(), image_discriminator())),
    "wgan-gp": (64, 5, lambda: wasserstein(image_generator(), image_discriminator())),
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("workload", choices=WORKLOADS)
    parser.add_argument("--threads", type=int, required=True)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.set_grad_enabled(False)
    batch, cycle, make = WORKLOADS[options.workload]
    step, networks = make()

    def prepare(layout):
        for network in networks:
            for layer in network.layers:
                layer.prepare(batch, layout)

    def seconds(layout, steps):
        prepare(layout)
        for _ in range(cycle):
            step()
        begun = time.perf_counter()
        for _ in range(steps * cycle):
            step()
        return time.perf_counter() - begun

    layouts = {"contiguous": torch.contiguous_format}
    if any(isinstance(layer, Conv) for network in networks for layer in network.layers):
        layouts["channels last"] = torch.channels_last
    took = {name: [] for name in layouts}
    for _ in range(4):  # in turn, so that a disturbance does not choose
        for name, layout in layouts.items():
            took[name].append(seconds(layout, 3))
    fastest = min(took, key=lambda name: min(took[name]))
    prepare(layouts[fastest])
    take_turns(step, cycle, layout=fastest)


if __name__ == "__main__":
    main()
