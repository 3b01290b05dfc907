package latent4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import latent4j.tensor.Compute;
import org.junit.jupiter.api.Test;

/** The shape of the code, as the design argues it. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("latent4j");

    @Test
    void importsGoUpwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("tensor")
                .definedBy("latent4j.tensor")
                .layer("loss")
                .definedBy("latent4j.loss")
                .layer("nn")
                .definedBy("latent4j.nn")
                .layer("data")
                .definedBy("latent4j.data")
                .layer("model")
                .definedBy("latent4j.model")
                .layer("variants")
                .definedBy("latent4j.model.*")
                .layer("train")
                .definedBy("latent4j.train")
                .layer("metric")
                .definedBy("latent4j.metric")
                .layer("plot")
                .definedBy("latent4j.plot")
                .layer("study")
                .definedBy("latent4j.study")
                .layer("notebook")
                .definedBy("latent4j.notebook")
                .whereLayer("tensor")
                .mayNotAccessAnyLayer()
                .whereLayer("loss")
                .mayOnlyAccessLayers("tensor")
                .whereLayer("nn")
                .mayOnlyAccessLayers("tensor")
                .whereLayer("data")
                .mayOnlyAccessLayers("tensor")
                .whereLayer("model")
                .mayOnlyAccessLayers("tensor", "loss", "nn", "data")
                .whereLayer("variants")
                .mayOnlyAccessLayers("tensor", "loss", "nn", "data", "model")
                .whereLayer("train")
                .mayOnlyAccessLayers("tensor", "loss", "nn", "data", "model")
                .whereLayer("metric")
                .mayOnlyAccessLayers("tensor", "loss", "nn", "data", "model")
                .whereLayer("plot")
                .mayOnlyAccessLayers("tensor", "data", "model", "train")
                .whereLayer("study")
                .mayOnlyAccessLayers("tensor", "loss", "nn", "data", "model", "train", "metric", "plot")
                .check(CLASSES);
    }

    @Test
    void nobodyImportsAVariant() {
        noClasses()
                .that()
                .resideOutsideOfPackages("latent4j.model.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("latent4j.model.*")
                .check(CLASSES);
    }

    @Test
    void onePlaceChoosesTheDevice() {
        noClasses()
                .that()
                .areNotAssignableTo(Compute.class)
                .should()
                .callMethodWhere(new DescribedPredicate<JavaMethodCall>("a device is chosen") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        return call.getTargetOwner().isEquivalentTo(Device.class)
                                && Set.of("cpu", "gpu", "of", "fromName").contains(call.getName());
                    }
                })
                .check(CLASSES);
    }

    @Test
    void onlyTensorKnowsTheEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("latent4j.tensor")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl.pytorch..", "ai.djl.mxnet..", "ai.djl.engine..")
                .check(CLASSES);
    }

    /**
     * On a tape such numbers are exact; our own code says its constants through the kernels all the same. Only a traced array
     * does as its reader says, and the portable kernels are where constants arrive.
     */
    @Test
    void noJavaNumberMeetsAnArray() {
        noClasses()
                .that()
                .doNotHaveSimpleName("TracedArray")
                .and()
                .doNotHaveSimpleName("PortableKernels")
                .should()
                .callMethodWhere(new DescribedPredicate<JavaMethodCall>("an array meets a Java number") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        return call.getTargetOwner().isAssignableTo(NDArray.class)
                                && Set.of(
                                                "add", "sub", "mul", "div", "pow", "maximum", "minimum", "addi", "subi",
                                                "muli", "divi", "powi")
                                        .contains(call.getName())
                                && call.getTarget().getRawParameterTypes().stream()
                                        .map(JavaClass::getName)
                                        .anyMatch("java.lang.Number"::equals);
                    }
                })
                .check(CLASSES);
    }

    @Test
    void variantsAreRecordsOrPackagePrivate() {
        classes()
                .that()
                .resideInAPackage("latent4j.model.*")
                .and()
                .arePublic()
                .should()
                .beRecords()
                .check(CLASSES);
    }
}
