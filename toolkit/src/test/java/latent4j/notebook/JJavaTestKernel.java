package latent4j.notebook;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;

/** The JJava kernel, but for its Java shell. */
final class JJavaTestKernel extends BaseKernel implements TestKernel {

    private final Cells cells = new Cells();

    JJavaTestKernel() {
        super(
                "test",
                "1",
                new LanguageInfo.Builder("Java").build(),
                List.of(),
                null,
                new JupyterIO(StandardCharsets.UTF_8),
                new CommManager(),
                new Renderer(),
                null,
                null,
                true,
                new StringStyler.Builder().build());
        onStartup();
    }

    @Override
    public List<Output> run(String cell) {
        var request = new ExecuteRequest(cell, false, false, Map.of(), false, true);
        var environment = new Recorder();
        handleExecuteRequest(environment, new Message<>(new Header<>(MessageType.EXECUTE_REQUEST), request));
        environment.resolveDeferrals();
        return environment.outputs;
    }

    @Override
    public Object evalRaw(String cell) {
        try {
            return cells.run(cell);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public DisplayData inspect(String code, int at, boolean extraDetail) {
        return null;
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        return null;
    }

    @Override
    public String isComplete(String code) {
        return IS_COMPLETE_MAYBE;
    }

    @Override
    public void close() {
        onShutdown(false);
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
